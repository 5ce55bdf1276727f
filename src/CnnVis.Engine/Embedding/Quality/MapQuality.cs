using CnnVis.Engine.Embedding.Neighbors;

namespace CnnVis.Engine.Embedding.Quality;

/// <summary>
/// Measures how far the neighbourhoods of a map are those of the points: trustworthiness (Venna and Kaski 2001), neighbour preservation and the accuracy of
/// the nearest neighbour's label. Ranks are exact; above <see cref="ExactCount"/> points they are taken for an evenly spaced sample of them.
/// </summary>
public static class MapQuality
{
    /// <summary>Up to so many points all of them are looked at.</summary>
    public const int ExactCount = 2000;

    /// <summary>Points looked at where there are more.</summary>
    public const int SampleCount = 500;

    /// <summary>Queries that pass over the points together.</summary>
    private const int GroupSize = 16;

    /// <summary>Measures a map.</summary>
    /// <param name="points">[n, d], n at least 2.</param>
    /// <param name="map">[n, dimension].</param>
    /// <param name="labels">What each point is; null where that is not known.</param>
    /// <param name="neighbors">k; where it is not below n / 2, the largest that is (at least 1) is taken.</param>
    /// <param name="cancellation">Ends it with an exception.</param>
    public static TsneQuality Measure(PointMatrix points, PointMatrix map, IReadOnlyList<string?> labels, int neighbors, CancellationToken cancellation = default)
    {
        int n = points.Count, k = Math.Max(1, Math.Min(neighbors, (n - 1) / 2)), sample = n <= ExactCount ? n : SampleCount;
        int[] queries = [.. Enumerable.Range(0, sample).Select(i => (int)((long)i * n / sample))];
        bool labelled = labels.Where(l => l is not null).Distinct().Count() > 1;
        long[] penalties = new long[sample];
        int[] kept = new int[sample];
        bool?[] agrees = new bool?[sample];
        Parallel.For(0, (sample + GroupSize - 1) / GroupSize, new ParallelOptions { CancellationToken = cancellation }, group =>
        {
            int first = group * GroupSize, count = Math.Min(GroupSize, sample - first);
            double[] distances = Distances(points, queries.AsSpan(first, count)); // [count, n]
            var list = new NearestList(k);
            int[] nearest = new int[k];
            for (int q = 0; q < count; q++)
            {
                int query = queries[first + q];
                Nearest(map, query, list, nearest);
                foreach (int neighbor in nearest)
                {
                    int rank = Rank(distances.AsSpan(q * n, n), query, neighbor);
                    if (rank > k) penalties[first + q] += rank - k;
                    else kept[first + q]++;
                }
                if (labelled && labels[query] is { } label) agrees[first + q] = label == labels[NearestLabelled(map, labels, query)];
            }
        });
        double penalty = penalties.Sum(), worst = (double)sample * k * (2.0 * n - 3 * k - 1) / 2;
        return new TsneQuality
        {
            Neighbors = k,
            Sample = sample,
            Trustworthiness = penalty == 0 ? 1 : 1 - penalty / worst,
            NeighborPreservation = (double)kept.Sum() / ((double)sample * k),
            LabelAccuracy = labelled && agrees.Any(a => a is not null) ? agrees.Where(a => a is not null).Average(a => a == true ? 1 : 0) : null,
        };
    }

    private static double[] Distances(PointMatrix points, ReadOnlySpan<int> queries)
    {
        double[] distances = new double[queries.Length * points.Count];
        for (int j = 0; j < points.Count; j++)
            for (int q = 0; q < queries.Length; q++) distances[q * points.Count + j] = SquaredDistance.Of(points.Row(queries[q]), points.Row(j));
        return distances;
    }

    /// <summary>The k nearest other places, equals by lowest index.</summary>
    private static void Nearest(PointMatrix map, int query, NearestList list, Span<int> nearest)
    {
        list.Start();
        ReadOnlySpan<float> here = map.Row(query);
        for (int j = 0; j < map.Count; j++)
            if (j != query) list.Add((float)SquaredDistance.Of(here, map.Row(j)), j);
        Span<float> scores = new float[nearest.Length];
        list.Drain(nearest, scores);
    }

    /// <summary>1 for the nearest other point, equals by lowest index.</summary>
    private static int Rank(ReadOnlySpan<double> distances, int query, int neighbor)
    {
        double distance = distances[neighbor];
        int rank = 1;
        for (int j = 0; j < distances.Length; j++)
            if (j != query && (distances[j] < distance || distances[j] == distance && j < neighbor)) rank++;
        return rank;
    }

    private static int NearestLabelled(PointMatrix map, IReadOnlyList<string?> labels, int query)
    {
        int best = -1;
        double least = double.PositiveInfinity;
        for (int j = 0; j < map.Count; j++)
        {
            if (j == query || labels[j] is null) continue;
            double distance = SquaredDistance.Of(map.Row(query), map.Row(j));
            if (best < 0 || distance < least) (best, least) = (j, distance);
        }
        return best;
    }
}
