using System.Numerics;
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

    /// <summary>Two dimensions: a point is one 64-bit load, eight neighbours at a time.</summary>
    private void Plane(float[] map, float[] forces, int from, int to)
    {
        fixed (float* y = map, values = affinities.Values)
        fixed (int* columns = affinities.Columns)
        {
            double* pairs = (double*)y;
            Vector256<int> lower = Vector256.Create(0, 0, 1, 1, 2, 2, 3, 3), upper = Vector256.Create(4, 4, 5, 5, 6, 6, 7, 7);
            for (int i = from; i < to; i++)
            {
                Vector256<float> here = Vector256.Create(pairs[i]).AsSingle();
                Vector512<float> self = Vector512.Create(here, here), sum = default;
                for (long e = affinities.Starts[i]; e < affinities.Starts[i + 1]; e += 8)
                {
                    Vector512<float> others = Vector512.Create(Gather(pairs, columns + e), Gather(pairs, columns + e + 4));
                    Vector512<float> d = self - others, s = d * d;
                    s = s + Swapped(s) + Vector512<float>.One; // 1 + dx² + dy², twice
                    Vector256<float> p = Vector256.Load(values + e);
                    sum += Vector512.Create(Vector256.Shuffle(p, lower), Vector256.Shuffle(p, upper)) / s * d;
                }
                Vector256<float> half = sum.GetLower() + sum.GetUpper();
                Vector128<float> quarter = half.GetLower() + half.GetUpper();
                forces[2 * i] = quarter[0] + quarter[2];
                forces[2 * i + 1] = quarter[1] + quarter[3];
            }
        }
    }

    private static Vector256<float> Gather(double* pairs, int* columns) => Avx2.IsSupported
        ? Avx2.GatherVector256(pairs, Vector128.Load(columns), sizeof(double)).AsSingle()
        : Vector256.Create(pairs[columns[0]], pairs[columns[1]], pairs[columns[2]], pairs[columns[3]]).AsSingle();

    private static Vector512<float> Swapped(Vector512<float> v) => Vector512.Shuffle(v, Vector512.Create(1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14));

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
