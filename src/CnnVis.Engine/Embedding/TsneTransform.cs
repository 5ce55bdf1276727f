using CnnVis.Engine.Embedding.Neighbors;

namespace CnnVis.Engine.Embedding;

/// <summary>
/// Places new points into a map that stays as it is (Poličar, Stražar and Zupan 2021): each begins at the weighted median of its nearest neighbours among the
/// map's points and goes down the gradient of its own divergence, with all of the map's points pushing it. New points do not feel each other, so that where one lands does not depend on
/// the others. A point whose vector is one of the map's lands on that.
/// </summary>
public static class TsneTransform
{
    private const float Momentum = 0.8f, LongestGradient = 0.25f;

    /// <summary>Places points.</summary>
    /// <param name="reference">[n, d], the vectors of the map's points.</param>
    /// <param name="map">[n, dimension], their places.</param>
    /// <param name="points">[m, d], the new ones; finite.</param>
    /// <param name="options">Settings.</param>
    /// <param name="cancellation">Ends with an exception.</param>
    public static TsneEmbedding Place(PointMatrix reference, PointMatrix map, PointMatrix points, TransformOptions options, CancellationToken cancellation = default)
    {
        double perplexity = Math.Min(options.Perplexity, Math.Max(1, reference.Count / 3.0));
        int k = Math.Clamp((int)Math.Ceiling(3 * perplexity), 1, reference.Count), dimension = map.Dimension;
        var centring = new Centring(reference, cancellation, points);
        NeighborTable neighbors = ExactNeighbors.Find(centring.Apply(reference), centring.Apply(points), k, cancellation);
        float[] rows = Perplexity.Rows(neighbors, perplexity, cancellation), places = new float[points.Count * dimension];
        double[] divergences = new double[points.Count];
        var field = new MapField(map);
        Parallel.For(0, points.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            ReadOnlySpan<int> near = neighbors.Indices.AsSpan(i * k, k);
            ReadOnlySpan<float> weights = rows.AsSpan(i * k, k);
            Span<float> place = places.AsSpan(i * dimension, dimension);
            int same = Same(reference, near, points.Row(i));
            if (same >= 0) map.Row(same).CopyTo(place);
            else
            {
                for (int c = 0; c < dimension; c++) place[c] = Median(map, near, weights, c);
                Descend(field, map, near, weights, place, options);
            }
            divergences[i] = Divergence(field, map, near, weights, place);
        });
        return new TsneEmbedding(places, dimension, points.Count == 0 ? 0 : divergences.Average(), options.Iterations, perplexity);
    }

    private static void Descend(MapField field, PointMatrix map, ReadOnlySpan<int> near, ReadOnlySpan<float> weights, Span<float> place, TransformOptions options)
    {
        int dimension = place.Length;
        Span<float> gradient = stackalloc float[3], velocity = stackalloc float[3];
        velocity.Clear();
        for (int step = 0; step < options.Iterations; step++)
        {
            float normalizer = field.Push(place, gradient); // Σ (y − yⱼ) / (1 + d²)²
            for (int c = 0; c < dimension; c++) gradient[c] /= -normalizer;
            for (int j = 0; j < near.Length; j++)
            {
                ReadOnlySpan<float> other = map.Row(near[j]);
                float pull = (float)options.Exaggeration * weights[j] / (1 + (float)SquaredDistance.Of(place, other));
                for (int c = 0; c < dimension; c++) gradient[c] += pull * (place[c] - other[c]);
            }
            float length = 0;
            for (int c = 0; c < dimension; c++) length += 16 * gradient[c] * gradient[c];
            float scale = 4 * MathF.Min(1, LongestGradient / MathF.Sqrt(MathF.Max(length, 1e-30f)));
            for (int c = 0; c < dimension; c++)
            {
                velocity[c] = Momentum * velocity[c] - (float)options.LearningRate * scale * gradient[c];
                place[c] += velocity[c];
            }
        }
    }

    /// <summary>Σ p·log(p / q) of one point.</summary>
    private static double Divergence(MapField field, PointMatrix map, ReadOnlySpan<int> near, ReadOnlySpan<float> weights, ReadOnlySpan<float> place)
    {
        Span<float> push = stackalloc float[3];
        double normalizer = Math.Log(field.Push(place, push)), sum = 0;
        for (int j = 0; j < near.Length; j++)
            if (weights[j] > 0) sum += weights[j] * (Math.Log(weights[j] * (1 + SquaredDistance.Of(place, map.Row(near[j])))) + normalizer);
        return sum;
    }

    private static int Same(PointMatrix reference, ReadOnlySpan<int> near, ReadOnlySpan<float> point)
    {
        foreach (int index in near)
            if (reference.Row(index).SequenceEqual(point)) return index;
        return -1;
    }

    private static float Median(PointMatrix map, ReadOnlySpan<int> near, ReadOnlySpan<float> weights, int column)
    {
        Span<float> values = new float[near.Length], sorted = weights.ToArray();
        for (int j = 0; j < near.Length; j++) values[j] = map.Row(near[j])[column];
        values.Sort(sorted);
        float below = 0;
        for (int j = 0; j < values.Length; j++)
        {
            below += sorted[j];
            if (below >= 0.5f) return values[j];
        }
        return values[^1];
    }
}
