using CnnVis.Engine.Embedding.Components;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using static TorchSharp.torch;

namespace CnnVis.Engine.Embedding;

/// <summary>
/// Principal components, by the shorter side of the points X [n, d]: eigenvectors of XᵀX, which are the axes, or of X·Xᵀ, which times the roots of their eigenvalues are the projections. Up to
/// <see cref="ExactSize"/> that is exact; above it by randomised subspace iteration (Halko, Martinsson and Tropp 2011, algorithm 4.4) and the eigenvectors within the subspace. What float32 sums cannot tell from
/// the rounding of the largest component is computed again in double precision. Signs are fixed: the largest loading of a component is positive. All sums have an order of their own, so that
/// the bytes do not depend on the number of threads.
/// </summary>
public static class PrincipalComponents
{
    /// <summary>Points of at most so many numbers, or at most so many points, are treated exactly.</summary>
    public const int ExactSize = 256;

    private const int Oversampling = 10, PowerIterations = 5;

    /// <summary>Variances below that, of the largest, drown in the rounding of float32 sums.</summary>
    private const double Resolved = 1e-5;

    /// <summary>Projects centred points on their leading components.</summary>
    /// <param name="points">[n, d], n at least 1; finite.</param>
    /// <param name="components">How many; at most d and n give something, more are left out.</param>
    /// <param name="seed">Of the random directions.</param>
    /// <param name="cancellation">Ends it with an exception.</param>
    /// <returns>[n, components], in order of falling variance.</returns>
    public static PointMatrix Project(PointMatrix points, int components, long seed = 0, CancellationToken cancellation = default)
    {
        var centring = new Centring(points, cancellation);
        PointMatrix projected = ProjectCentred(centring.Apply(points), components, seed, cancellation);
        for (int i = 0; i < projected.Values.Length; i++) projected.Values[i] = (float)(projected.Values[i] / centring.Scale);
        return projected;
    }

    /// <summary>As <see cref="Project"/>, of points that are centred and of about unit size.</summary>
    internal static PointMatrix ProjectCentred(PointMatrix x, int components, long seed, CancellationToken cancellation)
    {
        components = Math.Min(components, Math.Min(x.Dimension, x.Count));
        return x.Count < x.Dimension ? Rounded(ByPoints(x, components, seed, cancellation)) : ByAxes(x, components, seed, cancellation);
    }

    private static PointMatrix Rounded(double[,] values)
    {
        var rounded = new PointMatrix(new float[values.Length], values.GetLength(0), values.GetLength(1));
        for (int i = 0; i < rounded.Count; i++)
            for (int c = 0; c < rounded.Dimension; c++) rounded.Row(i)[c] = (float)values[i, c];
        return rounded;
    }

    private static PointMatrix ByAxes(PointMatrix x, int components, long seed, CancellationToken cancellation)
    {
        Spectrum spectrum = Resolve(precise => x.Dimension <= ExactSize ? Leading(SquareProducts.Covariance(x, precise, cancellation), components) : Randomised(new SquareProducts(x, transposed: false, precise, cancellation), components, seed), all: components == x.Dimension);
        double[,] axes = spectrum.Vectors; // [d, components]
        Sign(axes, axes);
        int width = PreciseProducts.Padded(components);
        return PreciseProducts.Project(x, SquareProducts.Flat(axes, width), width, components, cancellation);
    }

    private static double[,] ByPoints(PointMatrix x, int components, long seed, CancellationToken cancellation)
    {
        Spectrum spectrum = x.Count <= ExactSize ? Leading(PreciseProducts.Gram(x, cancellation), components)
            : Resolve(precise => Randomised(new SquareProducts(x, transposed: true, precise, cancellation), components, seed), all: false);
        double[,] projected = spectrum.Vectors; // [n, components]
        for (int i = 0; i < x.Count; i++)
            for (int c = 0; c < components; c++) projected[i, c] *= Math.Sqrt(Math.Max(0, spectrum.Values[c]));
        int width = PreciseProducts.Padded(components);
        Sign(projected, SquareProducts.Square(PreciseProducts.MultiplyTransposed(x, SquareProducts.Flat(projected, width), width, cancellation), x.Dimension, components, width));
        return projected;
    }

    /// <summary>The spectrum, in double precision where float32 does not resolve it; where all directions are kept, any of them will do.</summary>
    private static Spectrum Resolve(Func<bool, Spectrum> spectrum, bool all)
    {
        Spectrum quick = spectrum(false);
        return all || quick.Values[^1] >= Resolved * quick.Values[0] ? quick : spectrum(true);
    }

    private static Spectrum Randomised(SquareProducts products, int components, long seed)
    {
        double[,] basis = Random(products.Size, Math.Min(components + Oversampling, products.Size), seed);
        for (int i = 0; i < PowerIterations; i++)
        {
            basis = products.Times(basis);
            GramSchmidt.Orthonormalize(basis);
        }
        Spectrum turn = Leading(products.Within(basis), components);
        double[,] vectors = new double[products.Size, components];
        for (int r = 0; r < products.Size; r++)
            for (int k = 0; k < basis.GetLength(1); k++)
                for (int c = 0; c < components; c++) vectors[r, c] += basis[r, k] * turn.Vectors[k, c];
        return turn with { Vectors = vectors };
    }

    /// <summary>The largest eigenvalues of a symmetric matrix, and their vectors.</summary>
    private static Spectrum Leading(double[,] matrix, int components)
    {
        int size = matrix.GetLength(0);
        var solution = DenseMatrix.Create(size, size, (r, c) => 0.5 * (matrix[r, c] + matrix[c, r])).Evd(Symmetricity.Symmetric); // eigenvalues ascend
        double[,] leading = new double[size, components];
        for (int r = 0; r < size; r++)
            for (int c = 0; c < components; c++) leading[r, c] = solution.EigenVectors[r, size - 1 - c];
        return new Spectrum(leading, [.. Enumerable.Range(0, components).Select(c => solution.EigenValues[size - 1 - c].Real)]);
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

    /// <summary>Turns the columns whose largest loading is negative.</summary>
    private static void Sign(double[,] columns, double[,] loadings)
    {
        for (int c = 0; c < columns.GetLength(1); c++)
        {
            double largest = 0;
            for (int r = 0; r < loadings.GetLength(0); r++)
                if (Math.Abs(loadings[r, c]) > Math.Abs(largest)) largest = loadings[r, c];
            if (largest >= 0) continue;
            for (int r = 0; r < columns.GetLength(0); r++) columns[r, c] = -columns[r, c];
        }
    }

    /// <param name="Vectors">[size, components].</param>
    /// <param name="Values">Falling.</param>
    private sealed record Spectrum(double[,] Vectors, double[] Values);
}
