namespace CnnVis.Engine.Statistics;

/// <summary>
/// Error consistency (Geirhos, Meding and Wichmann, NeurIPS 2020, <see href="https://arxiv.org/abs/2006.16736">arXiv 2006.16736</see>, section 2): Cohen's κ of being right.
/// </summary>
public static class ErrorConsistency
{
    /// <summary>c_obs: share of trials that both got right or both got wrong.</summary>
    public static double Observed(PairTable table) => (double)(table.Both + table.Neither) / table.Count;

    /// <summary>c_exp = p₁p₂ + (1 − p₁)(1 − p₂): what independent observers of these accuracies would give.</summary>
    public static double Expected(double first, double second) => first * second + (1 - first) * (1 - second);

    /// <summary>κ = (c_obs − c_exp) / (1 − c_exp); 1 where c_obs is 1.</summary>
    public static double Kappa(PairTable table) => Kappa(Observed(table), Expected(table.First, table.Second));

    /// <summary>κ of the two consistencies.</summary>
    public static double Kappa(double observed, double expected) => observed >= 1 ? 1 : (observed - expected) / (1 - expected);

    /// <summary>Least and greatest κ that observers of any accuracies with this c_exp can have (their equations 2 and 3).</summary>
    /// <param name="expected">c_exp, in [0, 1].</param>
    public static (double Minimum, double Maximum) Bounds(double expected)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expected);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(expected, 1);
        if (expected == 1) return (1, 1);
        return expected <= 0.5 ? (-expected / (1 - expected), (1 - Math.Sqrt(1 - 2 * expected) - expected) / (1 - expected)) : ((Math.Sqrt(2 * expected - 1) - expected) / (1 - expected), 1);
    }

    /// <summary>The table of n trials with these accuracies and this κ, as shares: both, only the first, only the second, neither. Shares below 0 mean that there is none.</summary>
    public static (double Both, double OnlyFirst, double OnlySecond, double Neither) Shares(double first, double second, double kappa)
    {
        double expected = Expected(first, second), observed = expected + kappa * (1 - expected);
        double both = (observed + first + second - 1) / 2;
        return (both, first - both, second - both, observed - both);
    }

    /// <summary>Standard deviation of κ times √n, by the delta method on the multinomial table.</summary>
    internal static double Deviation(double first, double second, double kappa)
    {
        var (both, onlyFirst, onlySecond, neither) = Shares(first, second, kappa);
        double expected = Expected(first, second), unexpected = 1 - expected;
        // dκ = dc_obs / (1 − c_exp) − (1 − c_obs) / (1 − c_exp)² dc_exp, where dc_exp = (2p₂ − 1) dp₁ + (2p₁ − 1) dp₂.
        double observed = both + neither, slope = (1 - observed) / (unexpected * unexpected);
        double byFirst = slope * (2 * second - 1), bySecond = slope * (2 * first - 1);
        double[] gradient = [1 / unexpected - byFirst - bySecond, -byFirst, -bySecond, 1 / unexpected], shares = [both, onlyFirst, onlySecond, neither];
        double mean = 0, square = 0;
        for (int i = 0; i < 4; i++)
        {
            mean += shares[i] * gradient[i];
            square += shares[i] * gradient[i] * gradient[i];
        }
        return Math.Sqrt(Math.Max(0, square - mean * mean));
    }
}
