namespace CnnVis.Engine.Statistics;

/// <summary>Cohen's κ (Educational and Psychological Measurement 1960): agreement of two raters beyond what the frequencies of their answers would give.</summary>
public static class CohenKappa
{
    /// <summary>κ = (p_o − p_e) / (1 − p_e), 1 where they agree throughout; NaN without items.</summary>
    /// <param name="first">Category of each item by the first rater.</param>
    /// <param name="second">By the second; as many.</param>
    public static double Of(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Length, first.Length);
        if (first.Length == 0) return double.NaN;
        Dictionary<int, (int First, int Second)> counts = [];
        int same = 0;
        for (int i = 0; i < first.Length; i++)
        {
            if (first[i] == second[i]) same++;
            counts[first[i]] = counts.GetValueOrDefault(first[i]) is var a ? (a.First + 1, a.Second) : default;
            counts[second[i]] = counts.GetValueOrDefault(second[i]) is var b ? (b.First, b.Second + 1) : default;
        }
        if (same == first.Length) return 1;
        double n = first.Length, expected = counts.Values.Sum(c => c.First / n * (c.Second / n));
        return (same / n - expected) / (1 - expected);
    }
}
