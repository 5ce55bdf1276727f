namespace CnnVis.Engine.Statistics;

/// <summary>Spearman's rank correlation with a 95 % percentile interval by drawing whole clusters again (Davison and Hinkley 1997, section 3.8), because pictures of one class or patient are not independent.</summary>
public static class ClusteredCorrelation
{
    private const int Samples = 2000;

    /// <param name="first">At least two values.</param>
    /// <param name="second">As many.</param>
    /// <param name="clusters">Which cluster each pair belongs to; with fewer than two clusters pairs are drawn one by one.</param>
    /// <param name="seed">Of the draws.</param>
    /// <returns>All null where a list does not vary.</returns>
    public static (double? Correlation, double? Lower, double? Upper) Of(double[] first, double[] second, IReadOnlyList<string> clusters, int seed)
    {
        var ranks = new WeightedRanks(first, second);
        double[] weights = new double[first.Length];
        Array.Fill(weights, 1);
        if (first.Length < 2 || ranks.Correlation(weights) is not { } correlation) return (null, null, null);
        var names = clusters.Distinct(StringComparer.Ordinal).Select((c, i) => (c, i)).ToDictionary(c => c.c, c => c.i, StringComparer.Ordinal);
        int[] member = names.Count > 1 ? [.. clusters.Select(c => names[c])] : [.. Enumerable.Range(0, first.Length)];
        int count = names.Count > 1 ? names.Count : first.Length;
        var random = new Random(seed);
        List<double> drawn = [];
        int[] times = new int[count];
        for (int s = 0; s < Samples; s++)
        {
            Array.Clear(times);
            for (int i = 0; i < count; i++) times[random.Next(count)]++;
            for (int i = 0; i < weights.Length; i++) weights[i] = times[member[i]];
            if (ranks.Correlation(weights) is { } value) drawn.Add(value);
        }
        drawn.Sort();
        return drawn.Count < Samples / 2 ? (correlation, null, null) : (correlation, drawn[(int)(0.025 * drawn.Count)], drawn[Math.Min(drawn.Count - 1, (int)(0.975 * drawn.Count))]);
    }
}
