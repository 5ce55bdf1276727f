namespace CnnVis;

/// <summary>What an axis of a chart measures.</summary>
/// <param name="Label">In words, with the unit.</param>
/// <param name="Low">Value of its beginning.</param>
/// <param name="High">Value of its end.</param>
public sealed record ChartAxis(string Label, double Low, double High)
{
    /// <summary>What stands along it; null for round numbers.</summary>
    public IReadOnlyList<ChartTick>? Ticks { get; init; }

    /// <summary>Shares from 0 to 1, in percent.</summary>
    public static ChartAxis Percent(string label) => new(label, 0, 1) { Ticks = [.. Enumerable.Range(0, 6).Select(i => new ChartTick(i / 5.0, FormattableString.Invariant($"{20 * i} %")))] };
}
