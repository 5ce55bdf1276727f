using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CnnVis.Engine.Embedding.Forces;

/// <summary>The forces that draw neighbours together: Σⱼ pᵢⱼ·(yᵢ − yⱼ) / (1 + |yᵢ − yⱼ|²) of every point.</summary>
internal sealed unsafe class Attraction(SparseAffinities affinities, int dimension)
{
    private const int ChunkSize = 512;

    /// <param name="map">[n, dimension].</param>
    /// <param name="forces">[n, dimension], overwritten.</param>
    public void Compute(float[] map, float[] forces) => Chunks.Run(affinities.Count, ChunkSize, (from, to) =>
    {
        if (dimension == 2) Plane(map, forces, from, to);
        else Any(map, forces, from, to);
    });

    /// <summary>The Kullback–Leibler divergence Σ pᵢⱼ·log(pᵢⱼ / qᵢⱼ), in nats, with qᵢⱼ = 1 / ((1 + |yᵢ − yⱼ|²)·Z).</summary>
    public double Divergence(float[] map, double normalizer) => Chunks.Sum(affinities.Count, ChunkSize, (from, to) =>
    {
        double sum = 0;
        for (int i = from; i < to; i++)
        {
            for (long e = affinities.Starts[i]; e < affinities.Starts[i + 1]; e++)
            {
                double p = affinities.Values[e];
                if (p <= 0) continue;
                double squared = 1;
                for (int c = 0; c < dimension; c++)
                {
                    double d = map[i * dimension + c] - map[affinities.Columns[e] * dimension + c];
                    squared += d * d;
                }
                sum += p * Math.Log(p * squared);
            }
        }
        return sum;
    }) + Math.Log(normalizer);

    /// <summary>Two dimensions: eight neighbours at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Plane(float[] map, float[] forces, int from, int to)
    {
        fixed (float* y = map, values = affinities.Values)
        fixed (int* columns = affinities.Columns)
        fixed (long* starts = affinities.Starts)
        {
            for (int i = from; i < to; i++)
            {
                Vector256<float> here0 = Vector256.Create(y[2 * i]), here1 = Vector256.Create(y[2 * i + 1]), sum0 = default, sum1 = default;
                for (long e = starts[i]; e < starts[i + 1]; e += 8)
                {
                    var (there0, there1) = Points(y, columns + e);
                    Vector256<float> d0 = here0 - there0, d1 = here1 - there1;
                    Vector256<float> s = Vector256.MultiplyAddEstimate(d0, d0, Vector256.MultiplyAddEstimate(d1, d1, Vector256<float>.One));
                    Vector256<float> pull = Vector256.Load(values + e) / s;
                    sum0 = Vector256.MultiplyAddEstimate(pull, d0, sum0);
                    sum1 = Vector256.MultiplyAddEstimate(pull, d1, sum1);
                }
                forces[2 * i] = Vector256.Sum(sum0);
                forces[2 * i + 1] = Vector256.Sum(sum1);
            }
        }
    }

    /// <summary>Eight points, axis by axis. A point is one 64-bit load; gather instructions take twice as long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float>, Vector256<float>) Points(float* y, int* at)
    {
        if (!Avx.IsSupported)
        {
            return (Vector256.Create(y[2 * at[0]], y[2 * at[1]], y[2 * at[2]], y[2 * at[3]], y[2 * at[4]], y[2 * at[5]], y[2 * at[6]], y[2 * at[7]]),
                Vector256.Create(y[2 * at[0] + 1], y[2 * at[1] + 1], y[2 * at[2] + 1], y[2 * at[3] + 1], y[2 * at[4] + 1], y[2 * at[5] + 1], y[2 * at[6] + 1], y[2 * at[7] + 1]));
        }
        Vector256<float> a = Vector256.Create(Pair(y, at), Pair(y, at + 4)), b = Vector256.Create(Pair(y, at + 2), Pair(y, at + 6));
        return (Avx.Shuffle(a, b, 0x88), Avx.Shuffle(a, b, 0xDD));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Pair(float* y, int* at) => Sse2.LoadHigh(Sse2.LoadScalarVector128((double*)y + at[0]), (double*)y + at[1]).AsSingle();

    private void Any(float[] map, float[] forces, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            Vector3 here = Point(map, i), sum = default;
            for (long e = affinities.Starts[i]; e < affinities.Starts[i + 1]; e++)
            {
                Vector3 d = here - Point(map, affinities.Columns[e]);
                sum += affinities.Values[e] / (1 + d.LengthSquared()) * d;
            }
            for (int c = 0; c < dimension; c++) forces[i * dimension + c] = sum[c];
        }
    }

    private Vector3 Point(float[] map, int index) => dimension == 1 ? new Vector3(map[index], 0, 0) : new Vector3(map[index * 3], map[index * 3 + 1], map[index * 3 + 2]);
}
