namespace CnnVis.Engine.Statistics;

/// <summary>95 % interval of the difference of two shares of the same trials (Newcombe, Statistics in Medicine 1998, 17, 2635, method 10: Wilson's intervals squared and added, with the correlation φ corrected for continuity).</summary>
public static class PairedDifference
{
    /// <summary>Of the first's share less the second's, within [−1, 1].</summary>
    public static (double Lower, double Upper) Newcombe(PairTable table)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(table.Count, 1);
        int n = table.Count;
        double first = table.First, second = table.Second, difference = (double)(table.OnlyFirst - table.OnlySecond) / n;
        var (l1, u1) = BinomialBound.Wilson(first, n);
        var (l2, u2) = BinomialBound.Wilson(second, n);
        double phi = Phi(table);
        return (Math.Max(-1, difference - Distance(first - l1, u2 - second, phi)), Math.Min(1, difference + Distance(u1 - first, second - l2, phi)));
    }

    private static double Distance(double a, double b, double phi) => Math.Sqrt(Math.Max(0, a * a - 2 * phi * a * b + b * b));

    private static double Phi(PairTable t)
    {
        double margins = (double)(t.Both + t.OnlyFirst) * (t.OnlySecond + t.Neither) * (t.Both + t.OnlySecond) * (t.OnlyFirst + t.Neither);
        if (margins == 0) return 0;
        double product = (double)t.Both * t.Neither - (double)t.OnlyFirst * t.OnlySecond;
        return (product > 0 ? Math.Max(product - t.Count / 2.0, 0) : product) / Math.Sqrt(margins);
    }
}
