using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using CnnVis.Engine.Embedding.Neighbors;

namespace CnnVis.Engine.Embedding;

/// <summary>
/// Conditional affinities (van der Maaten and Hinton 2008, equation 1): p(j|i) ∝ exp(−βᵢ·dᵢⱼ²), with βᵢ found by bisection so that row i has the
/// perplexity 2^H(i) that is asked for.
/// </summary>
public static unsafe class Perplexity
{
    private const int MaximumSteps = 64;
    private const float Tolerance = 1e-5f; // of the entropy, in nats

    /// <param name="neighbors">Neighbours and squared distances, nearest first.</param>
    /// <param name="perplexity">Effective number of neighbours; at most k.</param>
    /// <param name="cancellation">Ends it with an exception.</param>
    /// <returns>[n, k]; each row sums to 1. Where all neighbours are equally far, they share alike.</returns>
    public static float[] Rows(NeighborTable neighbors, double perplexity, CancellationToken cancellation = default)
    {
        int k = neighbors.Size, padded = (k + 15) / 16 * 16;
        float[] rows = new float[neighbors.SquaredDistances.LongLength];
        float entropy = (float)Math.Log(Math.Min(perplexity, k));
        Parallel.For(0, (neighbors.Count + 255) / 256, new ParallelOptions { CancellationToken = cancellation }, chunk =>
        {
            float* distances = stackalloc float[padded];
            float* weights = stackalloc float[padded];
            for (int i = chunk * 256; i < Math.Min(neighbors.Count, chunk * 256 + 256); i++)
            {
                ReadOnlySpan<float> row = neighbors.SquaredDistances.AsSpan(i * k, k);
                float typical = row[Math.Min(k - 1, k / 3)] - row[0], scale = typical > 0 ? MathF.ScaleB(1, -Math.Clamp(MathF.ILogB(typical), -100, 100)) : 1;
                // Differences to the nearest, scaled to about 1: the same p, without underflow. Far values fill the last vector, and their weight is 0.
                for (int j = 0; j < padded; j++) distances[j] = j < k ? (row[j] - row[0]) * scale : 1e30f;
                Fit(distances, weights, padded, entropy, typical * scale);
                new ReadOnlySpan<float>(weights, k).CopyTo(rows.AsSpan(i * k, k));
            }
        });
        return rows;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fit(float* distances, float* weights, int length, float entropy, float typical)
    {
        float low = 0, high = float.PositiveInfinity, beta = typical > 0 ? 1 / typical : 1;
        float sum = 1;
        for (int step = 0; step < MaximumSteps; step++)
        {
            Vector512<float> total = default, moment = default;
            for (int j = 0; j < length; j += 16)
            {
                Vector512<float> d = Vector512.Load(distances + j), e = Vector512.Exp(-beta * d);
                e.Store(weights + j);
                total += e;
                moment += e * d;
            }
            sum = Vector512.Sum(total);
            // H = log Σe + β·Σe·d / Σe
            float excess = MathF.Log(sum) + beta * Vector512.Sum(moment) / sum - entropy;
            if (MathF.Abs(excess) < Tolerance) break;
            if (excess > 0) (low, beta) = (beta, float.IsPositiveInfinity(high) ? beta * 2 : (beta + high) / 2);
            else (high, beta) = (beta, (beta + low) / 2);
            if (beta > 1e30f || beta < 1e-30f) break; // equal distances: no β has that perplexity
        }
        for (int j = 0; j < length; j++) weights[j] /= sum;
    }
}
