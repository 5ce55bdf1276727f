namespace CnnVis.Engine.Statistics;

/// <summary>p-values that reckon with how many tests were made.</summary>
public static class MultipleTests
{
    /// <param name="values">The p-values.</param>
    /// <param name="method">How.</param>
    /// <returns>Adjusted p-values in the same order, at most 1.</returns>
    public static double[] Adjust(IReadOnlyList<double> values, MultipleTesting method) => method switch
    {
        MultipleTesting.Holm => Holm(values),
        MultipleTesting.BenjaminiHochberg => BenjaminiHochberg(values),
        _ => [.. values],
    };

    /// <summary>Holm's step-down procedure (Scandinavian Journal of Statistics 1979): the i-th smallest of m times m − i + 1, never below one before.</summary>
    public static double[] Holm(IReadOnlyList<double> values)
    {
        int[] order = Order(values);
        double[] adjusted = new double[values.Count];
        double most = 0;
        for (int i = 0; i < order.Length; i++) adjusted[order[i]] = most = Math.Max(most, Math.Min(1, values[order[i]] * (order.Length - i)));
        return adjusted;
    }

    /// <summary>Benjamini and Hochberg's step-up procedure (Journal of the Royal Statistical Society B 1995): the i-th smallest of m times m / i, never above one after.</summary>
    public static double[] BenjaminiHochberg(IReadOnlyList<double> values)
    {
        int[] order = Order(values);
        double[] adjusted = new double[values.Count];
        double least = 1;
        for (int i = order.Length - 1; i >= 0; i--) adjusted[order[i]] = least = Math.Min(least, values[order[i]] * order.Length / (i + 1));
        return adjusted;
    }

    private static int[] Order(IReadOnlyList<double> values) => [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
}
