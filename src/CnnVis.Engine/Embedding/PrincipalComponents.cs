using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace CnnVis.Engine.Embedding;

/// <summary>
/// Principal components by a randomised range finder (Halko, Martinsson and Tropp 2011, algorithm 4.4: power iterations with orthonormalisation), or by the
/// covariance's eigenvectors where points have few numbers. Signs are fixed: the largest loading of a component is positive.
/// </summary>
public static class PrincipalComponents
{
    /// <summary>Points of at most so many numbers are treated exactly.</summary>
    public const int ExactDimension = 1024;

    private const int Oversampling = 10, PowerIterations = 4;

    /// <summary>Projects centred points on their leading components.</summary>
    /// <param name="points">[n, d]; finite.</param>
    /// <param name="components">How many; at most d and n give something, more are left out.</param>
    /// <param name="seed">Of the random directions.</param>
    /// <returns>[n, components], in order of falling variance.</returns>
    public static PointMatrix Project(PointMatrix points, int components, long seed = 0)
    {
        components = Math.Min(components, Math.Min(points.Dimension, points.Count));
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        Tensor x = tensor(points.Values, [points.Count, points.Dimension]);
        x.sub_(x.mean([0], keepdim: true, type: ScalarType.Float64).to(ScalarType.Float32)); // [n, d]
        Tensor directions = points.Dimension <= ExactDimension ? Eigenvectors(x, components) : Randomised(x, components, seed); // [d, components]
        directions *= directions.gather(0, directions.abs().argmax(0, keepdim: true)).sign();
        float[] centred = MemoryMarshal.Cast<byte, float>(x.bytes).ToArray();
        float[] axes = MemoryMarshal.Cast<byte, float>(directions.t().to(ScalarType.Float32).contiguous().bytes).ToArray(); // [components, d]
        return Projected(centred, axes, points.Count, points.Dimension);
    }

    /// <summary>Dot products of each point with each axis. In an order of their own: those of a matrix product depend on the number of threads.</summary>
    private static PointMatrix Projected(float[] points, float[] axes, int count, int dimension)
    {
        int components = axes.Length / dimension;
        float[] projected = new float[count * components];
        Parallel.For(0, count, i =>
        {
            for (int c = 0; c < components; c++)
                projected[i * components + c] = Dot(points.AsSpan(i * dimension, dimension), axes.AsSpan(c * dimension, dimension));
        });
        return new PointMatrix(projected, count, components);
    }

    private static Tensor Eigenvectors(Tensor x, int components)
    {
        Tensor covariance = zeros([x.shape[1], x.shape[1]], ScalarType.Float64);
        const int Rows = 8192; // sums in double, a part at a time
        for (long from = 0; from < x.shape[0]; from += Rows)
        {
            using var scope = NewDisposeScope();
            Tensor part = x.narrow(0, from, Math.Min(Rows, x.shape[0] - from)).to(ScalarType.Float64);
            covariance.add_(part.t().matmul(part));
        }
        var (_, vectors) = linalg.eigh(covariance); // ascending
        return vectors.flip(1).narrow(1, 0, components);
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector256<float> sum = default;
        int i = 0;
        for (; i <= a.Length - Vector256<float>.Count; i += Vector256<float>.Count) sum += Vector256.Create(a[i..]) * Vector256.Create(b[i..]);
        float dot = Vector256.Sum(sum);
        for (; i < a.Length; i++) dot += a[i] * b[i];
        return dot;
    }

    private static Tensor Randomised(Tensor x, int components, long seed)
    {
        long width = Math.Min(components + Oversampling, Math.Min(x.shape[0], x.shape[1]));
        Tensor range = x.matmul(randn([x.shape[1], width], generator: new Generator((ulong)seed))); // [n, width]
        for (int i = 0; i < PowerIterations; i++)
        {
            range = linalg.qr(range).Q;
            range = x.matmul(linalg.qr(x.t().matmul(range)).Q);
        }
        Tensor basis = linalg.qr(range).Q; // [n, width]
        var (_, _, directions) = linalg.svd(basis.t().matmul(x), fullMatrices: false); // Vh [width, d]
        return directions.narrow(0, 0, components).t();
    }
}
