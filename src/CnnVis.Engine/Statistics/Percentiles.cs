namespace CnnVis.Engine.Statistics;

/// <summary>Quantiles of samples.</summary>
internal static class Percentiles
{
    /// <summary>The middle 95 % of values, those that are no numbers left out; NaN where none is left. Sorts the values.</summary>
    public static (double Lower, double Upper) Middle95(Span<double> values)
    {
        values.Sort(); // what is not a number comes first
        int begin = 0;
        while (begin < values.Length && double.IsNaN(values[begin])) begin++;
        Span<double> numbers = values[begin..];
        return numbers.Length == 0 ? (double.NaN, double.NaN) : (At(numbers, 0.025), At(numbers, 0.975));
    }

    /// <summary>Median; of an even number the mean of the middle two.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return At(sorted, 0.5);
    }

    /// <summary>Linear between the two nearest of sorted values (Hyndman and Fan 1996, type 7).</summary>
    private static double At(ReadOnlySpan<double> sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length ? double.Lerp(sorted[below], sorted[below + 1], place - below) : sorted[below];
    }
}
