using MathNet.Numerics.Distributions;

namespace CnnVis.Engine.Statistics;

/// <summary>What a count of successes says about the rate behind it.</summary>
public static class BinomialBound
{
    /// <summary>Quantile of the normal distribution that leaves 2.5% on either side.</summary>
    internal const double Z95 = 1.959963984540054;

    /// <summary>
    /// One-sided upper confidence bound of a rate (Clopper and Pearson, Biometrika 1934): the largest p under which
    /// <paramref name="successes"/> or fewer still have probability 1 − <paramref name="confidence"/>; the quantile of
    /// Beta(successes + 1, trials − successes). Without a success among n it is 1 − (1 − confidence)^(1/n), about 3/n.
    /// </summary>
    /// <param name="successes">From 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">At least 0; without a trial nothing is known, and the bound is 1.</param>
    /// <param name="confidence">In (0, 1).</param>
    public static double Upper(long successes, long trials, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(confidence, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        if (successes == trials) return 1;
        if (successes == 0) return 1 - Math.Pow(1 - confidence, 1.0 / trials);
        return Beta.InvCDF(successes + 1, trials - successes, confidence);
    }

    /// <summary>
    /// 95% interval of a rate (Wilson, Journal of the American Statistical Association 1927): (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n), within [0, 1].
    /// </summary>
    /// <param name="share">Successes of all trials, in [0, 1].</param>
    /// <param name="trials">At least 1.</param>
    public static (double Lower, double Upper) Wilson(double share, int trials)
    {
        double square = Z95 * Z95 / trials, middle = (share + square / 2) / (1 + square);
        double reach = Z95 / (1 + square) * Math.Sqrt(share * (1 - share) / trials + square / (4 * trials));
        return (share == 0 ? 0 : Math.Max(0, middle - reach), share == 1 ? 1 : Math.Min(1, middle + reach)); // its ends are exact there, whatever the rounding
    }

    /// <summary>A share with its interval, which is NaN without a trial.</summary>
    /// <param name="successes">From 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">At least 0.</param>
    public static RateEstimate Rate(int successes, int trials)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        var (lower, upper) = trials == 0 ? (double.NaN, double.NaN) : Wilson((double)successes / trials, trials);
        return new RateEstimate(successes, trials, lower, upper);
    }
}
