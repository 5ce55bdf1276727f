namespace CnnVis.Engine.Statistics;

/// <summary>
/// Probabilities of decision values: P(positive) = 1 / (1 + exp(a·value + b)), fitted to the likelihood with Platt's targets by Newton's method with backtracking (Lin, Lin and Weng, A Note on Platt's Probabilistic Outputs, Machine Learning 2007).
/// </summary>
/// <param name="A">a, below 0 where larger values mean positive.</param>
/// <param name="B">b.</param>
public sealed record PlattScaling(double A, double B)
{
    private const double Ridge = 1e-12, SmallestStep = 1e-10;

    /// <summary>Fits it.</summary>
    /// <param name="values">Decision values of examples.</param>
    /// <param name="positive">Which are positive.</param>
    public static PlattScaling Fit(ReadOnlySpan<double> values, ReadOnlySpan<bool> positive)
    {
        int positives = 0;
        foreach (bool one in positive) positives += one ? 1 : 0;
        int negatives = values.Length - positives;
        double high = (positives + 1.0) / (positives + 2), low = 1.0 / (negatives + 2), a = 0, b = Math.Log((negatives + 1.0) / (positives + 1)), loss = Loss(a, b, values, positive);
        for (int i = 0; i < 100; i++)
        {
            double aa = Ridge, bb = Ridge, ab = 0, ga = 0, gb = 0;
            for (int k = 0; k < values.Length; k++)
            {
                double p = Probability(a, b, values[k]), d2 = p * (1 - p), d1 = (positive[k] ? high : low) - p;
                aa += values[k] * values[k] * d2;
                bb += d2;
                ab += values[k] * d2;
                ga += values[k] * d1;
                gb += d1;
            }
            if (Math.Abs(ga) < 1e-5 && Math.Abs(gb) < 1e-5) break;
            double determinant = aa * bb - ab * ab, da = -(bb * ga - ab * gb) / determinant, db = -(-ab * ga + aa * gb) / determinant, slope = ga * da + gb * db, step = 1;
            for (; step >= SmallestStep; step /= 2)
            {
                double next = Loss(a + step * da, b + step * db, values, positive);
                if (next >= loss + 1e-4 * step * slope) continue;
                (a, b, loss) = (a + step * da, b + step * db, next);
                break;
            }
            if (step < SmallestStep) break;
        }
        return new PlattScaling(a, b);

        double Loss(double a, double b, ReadOnlySpan<double> values, ReadOnlySpan<bool> positive)
        {
            double sum = 0;
            for (int k = 0; k < values.Length; k++)
            {
                double t = positive[k] ? high : low, z = a * values[k] + b;
                sum += z >= 0 ? t * z + Math.Log(1 + Math.Exp(-z)) : (t - 1) * z + Math.Log(1 + Math.Exp(z));
            }
            return sum;
        }
    }

    /// <summary>The probability of a decision value.</summary>
    public double Probability(double value) => Probability(A, B, value);

    private static double Probability(double a, double b, double value)
    {
        double z = a * value + b;
        return z >= 0 ? Math.Exp(-z) / (1 + Math.Exp(-z)) : 1 / (1 + Math.Exp(z));
    }
}
