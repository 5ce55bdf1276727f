using System.Numerics;
using System.Runtime.InteropServices;

namespace CnnVis.Engine.Statistics;

/// <summary>
/// A linear support vector machine with squared hinge loss: the least ½‖w‖² + Σ Cᵢ max(0, 1 − yᵢ(w·xᵢ + b))², with the bias counted in ‖w‖, by dual coordinate descent (Hsieh et al., A Dual Coordinate Descent Method for Large-scale Linear SVM,
/// ICML 2008, algorithm 1, <see href="https://doi.org/10.1145/1390156.1390208"/>), as LIBLINEAR's solver 1 does.
/// </summary>
public sealed class LinearSvm
{
    private const int MostRounds = 1000;

    private readonly double[] _weights; // the bias last

    private LinearSvm(double[] weights) => _weights = weights;

    /// <summary>w, without the bias.</summary>
    public ReadOnlySpan<double> Weights => _weights.AsSpan(0, _weights.Length - 1);

    /// <summary>b.</summary>
    public double Bias => _weights[^1];

    /// <summary>Learns which examples are positive.</summary>
    /// <param name="examples">At least one of each kind, all of one length.</param>
    /// <param name="positive">Which are positive.</param>
    /// <param name="cost">C.</param>
    /// <param name="balanced">Count both kinds alike however many there are: Cᵢ = C n / (2 nₖ).</param>
    /// <param name="tolerance">It ends when the projected gradients of all examples lie this near to each other.</param>
    /// <param name="cancellation">Ends it between two rounds.</param>
    public static LinearSvm Train(IReadOnlyList<float[]> examples, ReadOnlySpan<bool> positive, double cost, bool balanced = false, double tolerance = 0.01, CancellationToken cancellation = default)
    {
        int count = examples.Count, length = examples[0].Length, positives = 0;
        foreach (bool one in positive) positives += one ? 1 : 0;
        double[][] widened = [.. examples.Select(e => Array.ConvertAll(e, v => (double)v))];
        double[] weights = new double[length + 1], alphas = new double[count], diagonal = new double[count], squares = new double[count];
        for (int i = 0; i < count; i++)
        {
            double own = balanced ? cost * count / (2.0 * Math.Max(1, positive[i] ? positives : count - positives)) : cost;
            diagonal[i] = 1 / (2 * own);
            foreach (float value in examples[i]) squares[i] += (double)value * value;
            squares[i] += 1 + diagonal[i];
        }
        int[] order = [.. Enumerable.Range(0, count)];
        var random = new Random(1);
        for (int round = 0; round < MostRounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            random.Shuffle(order);
            double most = double.NegativeInfinity, least = double.PositiveInfinity;
            foreach (int i in order)
            {
                double y = positive[i] ? 1 : -1, gradient = y * (weights[length] + Product(weights, widened[i])) - 1 + diagonal[i] * alphas[i], projected = alphas[i] > 0 ? gradient : Math.Min(gradient, 0);
                (most, least) = (Math.Max(most, projected), Math.Min(least, projected));
                if (Math.Abs(projected) < 1e-12) continue;
                double alpha = Math.Max(alphas[i] - gradient / squares[i], 0), change = (alpha - alphas[i]) * y;
                alphas[i] = alpha;
                Add(weights, widened[i], change);
                weights[length] += change;
            }
            if (most - least < tolerance) break;
        }
        return new LinearSvm(weights);
    }

    /// <summary>w·x + b: positive where the example is taken for positive.</summary>
    public double Value(ReadOnlySpan<float> example) => Value(_weights, example);

    private static double Product(double[] weights, double[] example)
    {
        ReadOnlySpan<Vector<double>> a = MemoryMarshal.Cast<double, Vector<double>>(weights.AsSpan(0, example.Length)), b = MemoryMarshal.Cast<double, Vector<double>>(example);
        Vector<double> sums = Vector<double>.Zero;
        for (int i = 0; i < b.Length; i++) sums += a[i] * b[i];
        double sum = Vector.Sum(sums);
        for (int k = b.Length * Vector<double>.Count; k < example.Length; k++) sum += weights[k] * example[k];
        return sum;
    }

    private static void Add(double[] weights, double[] example, double factor)
    {
        Span<Vector<double>> a = MemoryMarshal.Cast<double, Vector<double>>(weights.AsSpan(0, example.Length));
        ReadOnlySpan<Vector<double>> b = MemoryMarshal.Cast<double, Vector<double>>(example);
        for (int i = 0; i < b.Length; i++) a[i] += factor * b[i];
        for (int k = b.Length * Vector<double>.Count; k < example.Length; k++) weights[k] += factor * example[k];
    }

    private static double Value(double[] weights, ReadOnlySpan<float> example)
    {
        double sum = weights[^1];
        for (int k = 0; k < example.Length; k++) sum += weights[k] * example[k];
        return sum;
    }
}
