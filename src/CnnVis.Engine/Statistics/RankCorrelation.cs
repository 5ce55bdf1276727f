namespace CnnVis.Engine.Statistics;

/// <summary>Spearman's rank correlation: Pearson's of the ranks, equal values sharing the mean of theirs.</summary>
public static class RankCorrelation
{
    /// <summary>In [−1, 1]. A list of equal values has nothing in common with another (0), except with one like itself (1).</summary>
    public static double Of(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        double[] a = Ranks(first), b = Ranks(second);
        double mean = (a.Length - 1) / 2.0, both = 0, squaresA = 0, squaresB = 0;
        for (int i = 0; i < a.Length; i++)
        {
            both += (a[i] - mean) * (b[i] - mean);
            squaresA += (a[i] - mean) * (a[i] - mean);
            squaresB += (b[i] - mean) * (b[i] - mean);
        }
        if (squaresA == 0 || squaresB == 0) return squaresA == squaresB ? 1 : 0;
        return both / Math.Sqrt(squaresA * squaresB);
    }

    private static double[] Ranks(ReadOnlySpan<float> values)
    {
        float[] sorted = values.ToArray();
        int[] places = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, places);
        double[] ranks = new double[sorted.Length];
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            for (end = start + 1; end < sorted.Length && sorted[end] == sorted[start]; end++) { }
            for (int i = start; i < end; i++) ranks[places[i]] = (start + end - 1) / 2.0;
        }
        return ranks;
    }
}
