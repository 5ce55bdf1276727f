using MathNet.Numerics.Distributions;

namespace CnnVis.Engine.Statistics;

/// <summary>The z-test of two shares as if they came from independent samples, with the pooled share's variance: what Russakovsky et al. 2014, section 6.4, print for their paired answers.</summary>
public static class PooledDifference
{
    /// <summary>z = (e₂ − e₁) / √(2 e (1 − e) / n), positive where the first errs less, and the one-sided p of so large a z. NaN where the pooled share is 0 or 1.</summary>
    /// <param name="firstErrors">Errors of the first.</param>
    /// <param name="secondErrors">Errors of the second.</param>
    /// <param name="count">Trials of each.</param>
    public static (double Z, double OneSided) Of(int firstErrors, int secondErrors, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        double pooled = (double)(firstErrors + secondErrors) / (2.0 * count), variance = 2 * pooled * (1 - pooled) / count;
        if (variance <= 0) return (double.NaN, double.NaN);
        double z = (secondErrors - firstErrors) / (double)count / Math.Sqrt(variance);
        return (z, Normal.CDF(0, 1, -z));
    }
}
