using System.Runtime.Intrinsics;

namespace CnnVis.Engine.Embedding.Components;

/// <summary>
/// Products of a tall matrix with a narrow one, whose sums are added in an order of their own: those of a library's matrix product depend on the number of threads.
/// Narrow matrices have rows of a multiple of <see cref="Panel"/> numbers.
/// </summary>
internal static unsafe class FixedOrderProducts
{
    /// <summary>Columns that are computed together, in four vector registers a row.</summary>
    public const int Panel = 64;

    private const int Rows = 4, Lanes = 16, ChunkSize = 256;

    /// <summary>Width filled up to whole panels.</summary>
    public static int Padded(int width) => (width + Panel - 1) / Panel * Panel;

    /// <summary>X·Q.</summary>
    /// <param name="x">[n, d].</param>
    /// <param name="q">[d, width].</param>
    /// <param name="width">A multiple of <see cref="Panel"/>.</param>
    /// <param name="cancellation">Ends it with an exception.</param>
    /// <returns>[n, width].</returns>
    public static float[] Multiply(PointMatrix x, float[] q, int width, CancellationToken cancellation)
    {
        float[] product = new float[checked(x.Count * width)];
        Parallel.For(0, (x.Count + ChunkSize - 1) / ChunkSize, new ParallelOptions { CancellationToken = cancellation }, chunk =>
        {
            fixed (float* px = x.Values, pq = q, py = product)
            {
                int end = Math.Min(x.Count, (chunk + 1) * ChunkSize);
                for (int panel = 0; panel < width; panel += Panel)
                    for (int i = chunk * ChunkSize; i < end; i += Rows)
                    {
                        int rows = Math.Min(Rows, end - i);
                        float* first = px + (nint)i * x.Dimension;
                        // A row too few is computed again, and overwritten by itself.
                        Block(first, Math.Min(1, rows - 1) * (nint)x.Dimension, Math.Min(2, rows - 1) * (nint)x.Dimension, Math.Min(3, rows - 1) * (nint)x.Dimension, 1, x.Dimension, pq + panel, width,
                            py + (nint)i * width + panel, Math.Min(1, rows - 1) * (nint)width, Math.Min(2, rows - 1) * (nint)width, Math.Min(3, rows - 1) * (nint)width);
                    }
            }
        });
        return product;
    }

    /// <summary>Xᵀ·Y; parts of so many rows in single, their sum in double precision.</summary>
    /// <param name="x">[n, d].</param>
    /// <param name="y">[n, width].</param>
    /// <param name="width">A multiple of <see cref="Panel"/>.</param>
    /// <param name="cancellation">Ends it with an exception.</param>
    /// <returns>[d, width].</returns>
    public static double[] MultiplyTransposed(PointMatrix x, float[] y, int width, CancellationToken cancellation)
    {
        double[] product = new double[checked(x.Dimension * width)];
        Parallel.For(0, (x.Dimension + Lanes - 1) / Lanes, new ParallelOptions { CancellationToken = cancellation }, strip =>
        {
            float* part = stackalloc float[Rows * Panel];
            fixed (float* px = x.Values, py = y)
            {
                int from = strip * Lanes, to = Math.Min(x.Dimension, from + Lanes);
                for (int row = 0; row < x.Count; row += ChunkSize)
                {
                    cancellation.ThrowIfCancellationRequested();
                    int count = Math.Min(ChunkSize, x.Count - row);
                    for (int panel = 0; panel < width; panel += Panel)
                        for (int c = from; c < to; c += Rows)
                        {
                            int columns = Math.Min(Rows, to - c);
                            Block(px + (nint)row * x.Dimension + c, Math.Min(1, columns - 1), Math.Min(2, columns - 1), Math.Min(3, columns - 1), x.Dimension, count, py + (nint)row * width + panel, width, part, Panel, 2 * Panel, 3 * Panel);
                            for (int r = 0; r < columns; r++)
                                for (int w = 0; w < Panel; w++) product[(c + r) * width + panel + w] += part[r * Panel + w];
                        }
                }
            }
        });
        return product;
    }

    /// <summary>Four rows of weights at <paramref name="w"/> and behind it, each times a panel: result row r = Σᵢ w[offset r + i·step]·p[i].</summary>
    private static void Block(float* w, nint w1, nint w2, nint w3, nint step, int length, float* p, nint stride, float* to, nint t1, nint t2, nint t3)
    {
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default, d0 = default, d1 = default, d2 = default, d3 = default;
        for (int i = 0; i < length; i++, w += step, p += stride)
        {
            Vector512<float> p0 = Vector512.Load(p), p1 = Vector512.Load(p + 16), p2 = Vector512.Load(p + 32), p3 = Vector512.Load(p + 48);
            Vector512<float> v = Vector512.Create(w[0]);
            a0 = Vector512.FusedMultiplyAdd(v, p0, a0);
            a1 = Vector512.FusedMultiplyAdd(v, p1, a1);
            a2 = Vector512.FusedMultiplyAdd(v, p2, a2);
            a3 = Vector512.FusedMultiplyAdd(v, p3, a3);
            v = Vector512.Create(w[w1]);
            b0 = Vector512.FusedMultiplyAdd(v, p0, b0);
            b1 = Vector512.FusedMultiplyAdd(v, p1, b1);
            b2 = Vector512.FusedMultiplyAdd(v, p2, b2);
            b3 = Vector512.FusedMultiplyAdd(v, p3, b3);
            v = Vector512.Create(w[w2]);
            c0 = Vector512.FusedMultiplyAdd(v, p0, c0);
            c1 = Vector512.FusedMultiplyAdd(v, p1, c1);
            c2 = Vector512.FusedMultiplyAdd(v, p2, c2);
            c3 = Vector512.FusedMultiplyAdd(v, p3, c3);
            v = Vector512.Create(w[w3]);
            d0 = Vector512.FusedMultiplyAdd(v, p0, d0);
            d1 = Vector512.FusedMultiplyAdd(v, p1, d1);
            d2 = Vector512.FusedMultiplyAdd(v, p2, d2);
            d3 = Vector512.FusedMultiplyAdd(v, p3, d3);
        }
        Store(to, a0, a1, a2, a3);
        Store(to + t1, b0, b1, b2, b3);
        Store(to + t2, c0, c1, c2, c3);
        Store(to + t3, d0, d1, d2, d3);
    }

    private static void Store(float* to, Vector512<float> v0, Vector512<float> v1, Vector512<float> v2, Vector512<float> v3)
    {
        v0.Store(to);
        v1.Store(to + 16);
        v2.Store(to + 32);
        v3.Store(to + 48);
    }
}
