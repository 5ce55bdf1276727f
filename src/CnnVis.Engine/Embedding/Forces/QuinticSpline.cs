using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CnnVis.Engine.Embedding.Forces;

/// <summary>
/// Cardinal B-spline of degree 5: a point at fraction t of its cell weighs on the six nodes from two before its cell to three behind, as polynomials
/// of t. M₆(u) = Σⱼ (−1)ʲ·C(6, j)·(u − j)₊⁵ / 5!, and node k has u = t + 5 − k.
/// </summary>
internal static class QuinticSpline
{
    /// <summary>Nodes that a point weighs on.</summary>
    public const int Nodes = 6;

    /// <summary>[power of t, node], nodes filled up to 8 with zeros.</summary>
    public static readonly double[,] Powers = Coefficients();

    /// <summary>By power of t.</summary>
    private static readonly Vector256<float>[] _weights = [.. Enumerable.Range(0, 6).Select(power => Vector256.Create([.. Enumerable.Range(0, 8).Select(node => (float)Powers[power, node])]))];

    /// <summary>Weights at t, by node.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Weights(float t)
    {
        Vector256<float> x = Vector256.Create(t);
        Vector256<float>[] c = _weights;
        Vector256<float> w = Vector256.MultiplyAddEstimate(c[5], x, c[4]);
        w = Vector256.MultiplyAddEstimate(w, x, c[3]);
        w = Vector256.MultiplyAddEstimate(w, x, c[2]);
        w = Vector256.MultiplyAddEstimate(w, x, c[1]);
        return Vector256.MultiplyAddEstimate(w, x, c[0]);
    }

    /// <summary>Derivatives of the weights by t.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Slopes(float t)
    {
        Vector256<float> x = Vector256.Create(t);
        Vector256<float>[] c = _weights;
        Vector256<float> w = Vector256.MultiplyAddEstimate(5 * c[5], x, 4 * c[4]);
        w = Vector256.MultiplyAddEstimate(w, x, 3 * c[3]);
        w = Vector256.MultiplyAddEstimate(w, x, 2 * c[2]);
        return Vector256.MultiplyAddEstimate(w, x, c[1]);
    }

    private static double[,] Coefficients()
    {
        double[] binomial6 = [1, 6, 15, 20, 15, 6, 1], binomial5 = [1, 5, 10, 10, 5, 1];
        double[,] coefficients = new double[6, 8];
        for (int node = 0; node < Nodes; node++)
            for (int j = 0; j <= 5 - node; j++)
                for (int power = 0; power <= 5; power++) // (t + a)⁵ = Σ C(5, p)·a⁵⁻ᵖ·tᵖ
                    coefficients[power, node] += (j % 2 == 0 ? 1 : -1) * binomial6[j] * binomial5[power] * Math.Pow(5 - node - j, 5 - power) / 120;
        return coefficients;
    }

    /// <summary>1 / sinc(k / length)¹² by frequency: the spline's transform is sinc⁶.</summary>
    public static double[] Sharpening(int length, int frequencies) => [.. Enumerable.Range(0, frequencies).Select(k =>
    {
        double angle = Math.PI * Math.Min(k, Math.Abs(length - k)) / length;
        return angle == 0 ? 1 : Math.Pow(Math.Sin(angle) / angle, -2 * Nodes);
    })];
}
