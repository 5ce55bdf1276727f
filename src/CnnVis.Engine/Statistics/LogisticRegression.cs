using MathNet.Numerics.LinearAlgebra;

namespace CnnVis.Engine.Statistics;

/// <summary>
/// Logistic regression by Newton's method, with a ridge of 1e-6 a row so that separable data have an answer, and the covariance that holds where rows of a cluster depend on each other (the
/// sandwich of Liang and Zeger, Biometrika 1986).
/// </summary>
public sealed class LogisticRegression
{
    private const int MostSteps = 50;
    private readonly double[] _weights;

    private LogisticRegression(double[] weights, Matrix<double> covariance) => (_weights, Covariance) = (weights, covariance);

    /// <summary>A weight a column.</summary>
    public IReadOnlyList<double> Weights => _weights;

    /// <summary>Their covariance.</summary>
    public Matrix<double> Covariance { get; }

    /// <summary>Fits the chance of a success to rows of numbers, the first of which is usually 1.</summary>
    /// <returns>Null where the rows do not determine an answer.</returns>
    public static LogisticRegression? Fit(double[][] rows, bool[] successes, IReadOnlyList<string> clusters)
    {
        int columns = rows[0].Length;
        double ridge = 1e-6 * rows.Length;
        var weights = Vector<double>.Build.Dense(columns);
        Matrix<double> curvature = Matrix<double>.Build.Dense(columns, columns);
        for (int step = 0; step < MostSteps; step++)
        {
            var gradient = -ridge * weights;
            curvature = ridge * Matrix<double>.Build.DenseIdentity(columns);
            for (int i = 0; i < rows.Length; i++)
            {
                double p = Chance(rows[i], weights), rest = (successes[i] ? 1 : 0) - p, spread = p * (1 - p);
                for (int a = 0; a < columns; a++)
                {
                    gradient[a] += rest * rows[i][a];
                    for (int b = 0; b <= a; b++) curvature[a, b] += spread * rows[i][a] * rows[i][b];
                }
            }
            for (int a = 0; a < columns; a++)
                for (int b = a + 1; b < columns; b++) curvature[a, b] = curvature[b, a];
            var move = curvature.Solve(gradient);
            if (move.Any(m => !double.IsFinite(m))) return null;
            double length = move.L2Norm();
            weights += length > 5 ? move * (5 / length) : move;
            if (length < 1e-8) break;
        }
        var inverse = curvature.Inverse();
        var scores = new Dictionary<string, Vector<double>>(StringComparer.Ordinal);
        for (int i = 0; i < rows.Length; i++)
        {
            if (!scores.TryGetValue(clusters[i], out var score)) scores[clusters[i]] = score = Vector<double>.Build.Dense(columns);
            score.Add(((successes[i] ? 1 : 0) - Chance(rows[i], weights)) * Vector<double>.Build.Dense(rows[i]), score);
        }
        Matrix<double> meat = Matrix<double>.Build.Dense(columns, columns);
        foreach (var score in scores.Values) meat += score.OuterProduct(score);
        double few = scores.Count > 1 ? scores.Count / (scores.Count - 1.0) : 1;
        return inverse.Exists(v => !double.IsFinite(v)) ? null : new LogisticRegression([.. weights], few * inverse * meat * inverse);
    }

    /// <summary>The chance of a success for a row.</summary>
    public double Chance(double[] row)
    {
        double score = 0;
        for (int i = 0; i < row.Length; i++) score += row[i] * _weights[i];
        return 1 / (1 + Math.Exp(-score));
    }

    private static double Chance(double[] row, Vector<double> weights)
    {
        double score = 0;
        for (int i = 0; i < row.Length; i++) score += row[i] * weights[i];
        return 1 / (1 + Math.Exp(-score));
    }
}
