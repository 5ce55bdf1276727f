namespace CnnVis;

/// <summary>A share of a number of pictures, with its 95 % confidence interval (Wilson 1927). Compares by the share.</summary>
/// <param name="Count">How many.</param>
/// <param name="Total">Of how many; at least 1.</param>
/// <param name="Lower">Lower end of the interval, in [0, 1].</param>
/// <param name="Upper">Upper end of it.</param>
public sealed record RateEstimate(int Count, int Total, double Lower, double Upper) : IComparable<RateEstimate>, IComparable
{
    /// <summary>The share, in [0, 1].</summary>
    public double Share => (double)Count / Total;

    /// <inheritdoc/>
    public int CompareTo(RateEstimate? other) => other is null ? 1 : Share.CompareTo(other.Share);

    /// <inheritdoc/>
    public int CompareTo(object? obj) => CompareTo(obj as RateEstimate);

    /// <summary>As in <c>94.9 % [93.7, 95.9]</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{100 * Share:F1} % [{100 * Lower:F1}, {100 * Upper:F1}]");

    /// <inheritdoc/>
    public static bool operator <(RateEstimate left, RateEstimate right) => left.CompareTo(right) < 0;

    /// <inheritdoc/>
    public static bool operator >(RateEstimate left, RateEstimate right) => left.CompareTo(right) > 0;

    /// <inheritdoc/>
    public static bool operator <=(RateEstimate left, RateEstimate right) => left.CompareTo(right) <= 0;

    /// <inheritdoc/>
    public static bool operator >=(RateEstimate left, RateEstimate right) => left.CompareTo(right) >= 0;
}
