namespace CnnVis.Engine.Statistics;

/// <summary>What drawing a sample again says about the spread of a statistic.</summary>
public static class Bootstrap
{
    private const int Samples = 10_000;

    /// <summary>95% percentile interval of the difference of two means, both samples drawn again with replacement (Efron and Tibshirani 1993, chapter 13).</summary>
    /// <param name="first">At least one value.</param>
    /// <param name="second">At least one value.</param>
    /// <param name="seed">Of the draws.</param>
    public static (double Low, double High) DifferenceOfMeans(double[] first, double[] second, int seed)
    {
        var random = new Random(seed);
        double[] differences = new double[Samples];
        for (int i = 0; i < Samples; i++) differences[i] = ResampledMean(first, random) - ResampledMean(second, random);
        Array.Sort(differences);
        return (differences[(int)(0.025 * Samples)], differences[(int)(0.975 * Samples)]);
    }

    /// <summary>95% percentile interval of a mean, the sample drawn again with replacement; NaN where there are fewer than two values.</summary>
    /// <param name="values">The sample.</param>
    /// <param name="seed">Of the draws.</param>
    /// <param name="samples">How often it is drawn.</param>
    public static (double Low, double High) Mean(double[] values, int seed, int samples = 2_000)
    {
        if (values.Length < 2) return (double.NaN, double.NaN);
        var random = new Random(seed);
        double[] means = new double[samples];
        for (int i = 0; i < samples; i++) means[i] = ResampledMean(values, random);
        Array.Sort(means);
        return (means[(int)(0.025 * samples)], means[(int)(0.975 * samples)]);
    }

    private static double ResampledMean(double[] values, Random random)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++) sum += values[random.Next(values.Length)];
        return sum / values.Length;
    }
}
