using MathNet.Numerics.Distributions;

namespace CnnVis.Engine.Statistics;

/// <summary>What a sample says about the median behind it.</summary>
public static class MedianInterval
{
    /// <summary>The median, and its 95 % interval by order statistics (Conover 1999, section 3.2), which supposes nothing of the distribution; NaN where the sample is too small for one, which is below six.</summary>
    /// <param name="values">At least one; they are sorted.</param>
    public static (double Median, double Lower, double Upper) Of(double[] values)
    {
        Array.Sort(values);
        int n = values.Length;
        double median = (values[(n - 1) / 2] + values[n / 2]) / 2;
        // Between the r-th smallest and the r-th largest the median lies with probability 1 − 2 P(Binomial(n, ½) < r).
        var below = new Binomial(0.5, n);
        int r = 0;
        while (2 * (r + 1) <= n && below.CumulativeDistribution(r) <= 0.025) r++;
        return r == 0 ? (median, double.NaN, double.NaN) : (median, values[r - 1], values[n - r]);
    }
}
