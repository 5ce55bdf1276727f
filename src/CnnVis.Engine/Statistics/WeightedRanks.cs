namespace CnnVis.Engine.Statistics;

/// <summary>Spearman's rank correlation of two lists of which each pair may count several times, as when pictures are drawn again. The order is found once.</summary>
internal sealed class WeightedRanks
{
    private readonly int _count;
    private readonly int[][] _orders;
    private readonly double[][] _values;

    public WeightedRanks(double[] first, double[] second)
    {
        _count = first.Length;
        _values = [first, second];
        _orders = [.. _values.Select(v =>
        {
            int[] order = [.. Enumerable.Range(0, v.Length)];
            Array.Sort((double[])v.Clone(), order);
            return order;
        })];
    }

    /// <summary>In [−1, 1]; null where one list does not vary.</summary>
    /// <param name="weights">How often each pair counts.</param>
    public double? Correlation(double[] weights)
    {
        double total = weights.Sum(), middle = (total + 1) / 2, both = 0, firsts = 0, seconds = 0;
        double[] a = Ranks(0, weights), b = Ranks(1, weights);
        for (int i = 0; i < _count; i++)
        {
            both += weights[i] * (a[i] - middle) * (b[i] - middle);
            firsts += weights[i] * (a[i] - middle) * (a[i] - middle);
            seconds += weights[i] * (b[i] - middle) * (b[i] - middle);
        }
        return firsts > 0 && seconds > 0 ? Math.Clamp(both / Math.Sqrt(firsts * seconds), -1, 1) : null;
    }

    private double[] Ranks(int list, double[] weights)
    {
        double[] values = _values[list], ranks = new double[_count];
        int[] order = _orders[list];
        double before = 0;
        for (int start = 0, end; start < _count; start = end)
        {
            double alike = weights[order[start]];
            for (end = start + 1; end < _count && values[order[end]] == values[order[start]]; end++) alike += weights[order[end]];
            for (int i = start; i < end; i++) ranks[order[i]] = before + (alike + 1) / 2;
            before += alike;
        }
        return ranks;
    }
}
