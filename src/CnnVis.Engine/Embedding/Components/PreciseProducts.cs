using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CnnVis.Engine.Embedding.Components;

/// <summary>
/// Products with points in double precision, for what float32 sums would lose beside the largest component; their sums have an order of their own too. Rows of narrow matrices are filled up to a
/// multiple of <see cref="Lanes"/> numbers.
/// </summary>
internal static class PreciseProducts
{
    /// <summary>Numbers of a vector register.</summary>
    public const int Lanes = 8;

    private const int Strip = 16, Group = 4, ChunkSize = 256;

    /// <summary>Width filled up to whole registers.</summary>
    public static int Padded(int width) => (width + Lanes - 1) / Lanes * Lanes;

    /// <summary>X·Q.</summary>
    /// <param name="x">[n, d].</param>
    /// <param name="q">[d, width].</param>
    /// <param name="width">A multiple of <see cref="Lanes"/>.</param>
    /// <param name="cancellation">Ends it with an exception.</param>
    /// <returns>[n, width].</returns>
    public static double[] Multiply(PointMatrix x, double[] q, int width, CancellationToken cancellation)
    {
        double[] product = new double[checked(x.Count * width)];
        Parallel.For(0, (x.Count + Group - 1) / Group, new ParallelOptions { CancellationToken = cancellation }, group =>
        {
            int from = group * Group, to = Math.Min(x.Count, from + Group);
            for (int c = 0; c < x.Dimension; c++)
                for (int i = from; i < to; i++) Add(product.AsSpan(i * width, width), x.Values[i * x.Dimension + c], q.AsSpan(c * width, width));
        });
        return product;
    }

    /// <summary>The first columns of X·Q, summed in double precision and rounded; nothing of the size of the points is held beside them.</summary>
    /// <param name="x">[n, d].</param>
    /// <param name="q">[d, width].</param>
    /// <param name="width">A multiple of <see cref="Lanes"/>.</param>
    /// <param name="columns">How many of them.</param>
    /// <param name="cancellation">Ends it with an exception.</param>
    /// <returns>[n, columns].</returns>
    public static PointMatrix Project(PointMatrix x, double[] q, int width, int columns, CancellationToken cancellation)
    {
        var projected = new PointMatrix(new float[(long)x.Count * columns], x.Count, columns);
        Parallel.For(0, (x.Count + ChunkSize - 1) / ChunkSize, new ParallelOptions { CancellationToken = cancellation }, chunk =>
        {
            double[] sums = new double[Group * width];
            for (int from = chunk * ChunkSize; from < Math.Min(x.Count, (chunk + 1) * ChunkSize); from += Group)
            {
                int rows = Math.Min(Group, x.Count - from);
                Array.Clear(sums);
                for (int c = 0; c < x.Dimension; c++)
                    for (int i = 0; i < rows; i++) Add(sums.AsSpan(i * width, width), x.Row(from + i)[c], q.AsSpan(c * width, width));
                for (int i = 0; i < rows; i++)
                    for (int c = 0; c < columns; c++) projected.Row(from + i)[c] = (float)sums[i * width + c];
            }
        });
        return projected;
    }

    /// <summary>Xᵀ·Y.</summary>
    /// <param name="x">[n, d].</param>
    /// <param name="y">[n, width].</param>
    /// <param name="width">A multiple of <see cref="Lanes"/>.</param>
    /// <param name="cancellation">Ends it with an exception.</param>
    /// <returns>[d, width].</returns>
    public static double[] MultiplyTransposed(PointMatrix x, double[] y, int width, CancellationToken cancellation)
    {
        double[] product = new double[checked(x.Dimension * width)];
        Parallel.For(0, (x.Dimension + Strip - 1) / Strip, new ParallelOptions { CancellationToken = cancellation }, strip =>
        {
            int from = strip * Strip, to = Math.Min(x.Dimension, from + Strip);
            for (int i = 0; i < x.Count; i++)
                for (int c = from; c < to; c++) Add(product.AsSpan(c * width, width), x.Values[i * x.Dimension + c], y.AsSpan(i * width, width));
        });
        return product;
    }

    /// <summary>X·Xᵀ.</summary>
    /// <param name="x">[n, d].</param>
    /// <param name="cancellation">Ends it with an exception.</param>
    /// <returns>[n, n].</returns>
    public static double[,] Gram(PointMatrix x, CancellationToken cancellation)
    {
        double[,] gram = new double[x.Count, x.Count];
        Parallel.For(0, x.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            for (int j = 0; j <= i; j++) gram[i, j] = gram[j, i] = Dot(x.Row(i), x.Row(j));
        });
        return gram;
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        int vectors = a.Length & -Vector512<float>.Count;
        ref float x = ref MemoryMarshal.GetReference(a), y = ref MemoryMarshal.GetReference(b);
        Vector512<double> low = default, high = default;
        for (nuint i = 0; i < (nuint)vectors; i += (nuint)Vector512<float>.Count)
        {
            var (x0, x1) = Vector512.Widen(Vector512.LoadUnsafe(ref x, i));
            var (y0, y1) = Vector512.Widen(Vector512.LoadUnsafe(ref y, i));
            low = Vector512.FusedMultiplyAdd(x0, y0, low);
            high = Vector512.FusedMultiplyAdd(x1, y1, high);
        }
        double sum = Vector512.Sum(low + high);
        for (int i = vectors; i < a.Length; i++) sum += (double)a[i] * b[i];
        return sum;
    }

    /// <summary>sum += factor·row.</summary>
    private static void Add(Span<double> sum, double factor, ReadOnlySpan<double> row)
    {
        ref double s = ref MemoryMarshal.GetReference(sum), r = ref MemoryMarshal.GetReference(row);
        Vector512<double> f = Vector512.Create(factor);
        for (nuint k = 0; k < (nuint)row.Length; k += Lanes) Vector512.FusedMultiplyAdd(f, Vector512.LoadUnsafe(ref r, k), Vector512.LoadUnsafe(ref s, k)).StoreUnsafe(ref s, k);
    }
}
