using CnnVis.Engine.Embedding.Components;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using static TorchSharp.torch;

namespace CnnVis.Engine.Embedding;

/// <summary>
/// Principal components: by the covariance's eigenvectors where points have few numbers, else by randomised subspace iteration (Halko, Martinsson and Tropp 2011, algorithm 4.4, orthonormalised on
/// the side of the components) and the eigenvectors within the subspace. Signs are fixed: the largest loading of a component is positive. All sums have an order of their own,
/// so that the bytes do not depend on the number of threads.
/// </summary>
public static class PrincipalComponents
{
    /// <summary>Points of at most so many numbers are treated exactly.</summary>
    public const int ExactDimension = 256;

    private const int Oversampling = 10, PowerIterations = 5;

    /// <summary>Projects centred points on their leading components.</summary>
    /// <param name="points">[n, d]; finite.</param>
    /// <param name="components">How many; at most d and n give something, more are left out.</param>
    /// <param name="seed">Of the random directions.</param>
    /// <param name="cancellation">Ends it with an exception.</param>
    /// <returns>[n, components], in order of falling variance.</returns>
    public static PointMatrix Project(PointMatrix points, int components, long seed = 0, CancellationToken cancellation = default)
    {
        components = Math.Min(components, Math.Min(points.Dimension, points.Count));
        PointMatrix x = Centred(points, cancellation);
        double[,] axes = Signed(x.Dimension <= ExactDimension ? Eigenvectors(x, components, cancellation) : Randomised(x, components, seed, cancellation)); // [d, components]
        int width = FixedOrderProducts.Padded(components);
        float[] projected = FixedOrderProducts.Multiply(x, Narrow(axes, width), width, cancellation), result = new float[points.Count * components];
        for (int i = 0; i < points.Count; i++) projected.AsSpan(i * width, components).CopyTo(result.AsSpan(i * components, components));
        return new PointMatrix(result, points.Count, components);
    }

    private static PointMatrix Centred(PointMatrix points, CancellationToken cancellation)
    {
        const int Columns = 256;
        int d = points.Dimension;
        float[] centred = new float[points.Values.Length];
        Parallel.For(0, (d + Columns - 1) / Columns, new ParallelOptions { CancellationToken = cancellation }, strip =>
        {
            int from = strip * Columns, to = Math.Min(d, from + Columns);
            double[] mean = new double[to - from];
            for (int i = 0; i < points.Count; i++)
                for (int c = from; c < to; c++) mean[c - from] += points.Values[i * d + c];
            for (int i = 0; i < points.Count; i++)
                for (int c = from; c < to; c++) centred[i * d + c] = (float)(points.Values[i * d + c] - mean[c - from] / points.Count);
        });
        return new PointMatrix(centred, points.Count, d);
    }

    private static double[,] Eigenvectors(PointMatrix x, int components, CancellationToken cancellation)
    {
        int d = x.Dimension, width = FixedOrderProducts.Padded(d);
        float[] padded = new float[checked(x.Count * width)];
        for (int i = 0; i < x.Count; i++) x.Row(i).CopyTo(padded.AsSpan(i * width));
        return Leading(FixedOrderProducts.MultiplyTransposed(x, padded, width, cancellation), d, width, components);
    }

    private static double[,] Randomised(PointMatrix x, int components, long seed, CancellationToken cancellation)
    {
        int d = x.Dimension, used = Math.Min(components + Oversampling, Math.Min(x.Count, d)), width = FixedOrderProducts.Padded(used);
        double[,] basis = Random(d, used, seed);
        for (int i = 0; i < PowerIterations; i++)
        {
            double[] image = FixedOrderProducts.MultiplyTransposed(x, FixedOrderProducts.Multiply(x, Narrow(basis, width), width, cancellation), width, cancellation); // Xᵀ·X·Q [d, width]
            for (int r = 0; r < d; r++)
                for (int c = 0; c < used; c++) basis[r, c] = image[r * width + c];
            GramSchmidt.Orthonormalize(basis);
        }
        float[] within = FixedOrderProducts.Multiply(x, Narrow(basis, width), width, cancellation); // [n, width]
        double[,] turn = Leading(FixedOrderProducts.MultiplyTransposed(new PointMatrix(within, x.Count, width), within, width, cancellation), used, width, components);
        double[,] axes = new double[d, components];
        for (int r = 0; r < d; r++)
            for (int k = 0; k < used; k++)
                for (int c = 0; c < components; c++) axes[r, c] += basis[r, k] * turn[k, c];
        return axes;
    }

    /// <summary>Eigenvectors of the largest eigenvalues of a symmetric matrix, [size, width] with padding.</summary>
    private static double[,] Leading(double[] matrix, int size, int width, int components)
    {
        Matrix<double> symmetric = DenseMatrix.Create(size, size, (r, c) => 0.5 * (matrix[r * width + c] + matrix[c * width + r]));
        Matrix<double> vectors = symmetric.Evd(Symmetricity.Symmetric).EigenVectors; // eigenvalues ascend
        double[,] leading = new double[size, components];
        for (int r = 0; r < size; r++)
            for (int c = 0; c < components; c++) leading[r, c] = vectors[r, size - 1 - c];
        return leading;
    }

    private static double[,] Random(int rows, int columns, long seed)
    {
        using var scope = NewDisposeScope();
        float[] values = randn([rows, columns], generator: new Generator((ulong)seed)).data<float>().ToArray();
        double[,] random = new double[rows, columns];
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < columns; c++) random[r, c] = values[r * columns + c];
        GramSchmidt.Orthonormalize(random);
        return random;
    }

    private static double[,] Signed(double[,] axes)
    {
        for (int c = 0; c < axes.GetLength(1); c++)
        {
            double largest = 0;
            for (int r = 0; r < axes.GetLength(0); r++)
                if (Math.Abs(axes[r, c]) > Math.Abs(largest)) largest = axes[r, c];
            if (largest < 0)
                for (int r = 0; r < axes.GetLength(0); r++) axes[r, c] = -axes[r, c];
        }
        return axes;
    }

    private static float[] Narrow(double[,] matrix, int width)
    {
        float[] narrow = new float[matrix.GetLength(0) * width];
        for (int r = 0; r < matrix.GetLength(0); r++)
            for (int c = 0; c < matrix.GetLength(1); c++) narrow[r * width + c] = (float)matrix[r, c];
        return narrow;
    }
}
