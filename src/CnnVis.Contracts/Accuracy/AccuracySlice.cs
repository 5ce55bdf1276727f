namespace CnnVis;

/// <summary>Pictures that share values of two attributes, and about which the network errs often: found in one half of the pictures, confirmed in the other.</summary>
public sealed record AccuracySlice
{
    /// <summary>What they share, in words.</summary>
    public required string Condition { get; init; }

    /// <summary>Accuracy in the half in which it was found: too low by the choice of the lowest.</summary>
    public required RateEstimate Found { get; init; }

    /// <summary>Accuracy in the other half: what counts.</summary>
    public required RateEstimate Confirmed { get; init; }

    /// <summary>Errors there by errors in the mean of that half.</summary>
    public required double ErrorRatio { get; init; }

    /// <summary>How probable so low an accuracy is in the other half if the pictures were like all others (one-sided, hypergeometric), reckoned with all slices that are shown.</summary>
    public required double PValue { get; init; }

    /// <summary>Whether the other half confirms it at 5 %.</summary>
    public bool IsConfirmed => PValue < 0.05;

    internal static SheetCell ToCell(IReadOnlyList<AccuracySlice> slices, RateEstimate all)
    {
        List<ChartMark> marks = [new ChartLine([(0, all.Share), (slices.Count, all.Share)], new Rgb(120, 120, 120), HasDots: false, IsDashed: true)];
        for (int i = 0; i < slices.Count; i++)
        {
            marks.Add(new ChartBar(i + 0.15, i + 0.85, slices[i].Confirmed.Share, slices[i].IsConfirmed ? Chart.Colors[1] : new Rgb(200, 200, 200)));
            marks.Add(new ChartWhisker(i + 0.5, slices[i].Confirmed.Lower, slices[i].Confirmed.Upper, Rgb.Black));
        }
        return new SheetCell(new Chart
        {
            Width = Math.Clamp(90 + 110 * slices.Count, 300, 1600),
            Height = 280,
            X = new ChartAxis("worst slices, in the half that confirms them (grey: not confirmed)", 0, slices.Count) { Ticks = [.. slices.Select((s, i) => new ChartTick(i + 0.5, $"{i + 1}"))] },
            Y = ChartAxis.Percent("accuracy"),
            Marks = marks,
        });
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Condition}: {Confirmed}, p = {PValue:G2}");
}
