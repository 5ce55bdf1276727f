namespace CnnVis;

/// <summary>How accuracy goes with an attribute of pictures (Russakovsky et al. 2014, section 6.3).</summary>
public sealed record AttributeEffect : IVisual, ICnnResult
{
    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>The attribute.</summary>
    public required string Attribute { get; init; }

    /// <summary>What is counted: pictures, or classes, each with the mean of its pictures' attribute.</summary>
    public required AccuracyUnit Unit { get; init; }

    /// <summary>Pictures or classes for which the attribute is known.</summary>
    public required int Count { get; init; }

    /// <summary>The bins, in order.</summary>
    public required IReadOnlyList<AttributeBin> Bins { get; init; }

    /// <summary>Spearman's rank correlation of attribute and accuracy; null where there is no order, as for texts and angles, or nothing varies.</summary>
    public required double? Correlation { get; init; }

    /// <summary>Lower end of its 95 % interval, by drawing classes (or groups) again with all their pictures.</summary>
    public required double? CorrelationLower { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double? CorrelationUpper { get; init; }

    /// <summary>The test behind <see cref="PValue"/>: CochranArmitage (a trend over ordered bins), ChiSquare (any difference between bins), Spearman (classes), KruskalWallis (classes without order); None where nothing can be tested.</summary>
    public required string Test { get; init; }

    /// <summary>How probable so large a trend or difference is where there is none.</summary>
    public required double? PValue { get; init; }

    /// <summary>The same when all attributes that were looked at are reckoned with, by Holm or Benjamini and Hochberg.</summary>
    public double? AdjustedPValue { get; init; }

    /// <summary>The attribute that bins were matched by; null without one.</summary>
    public string? MatchedBy { get; init; }

    /// <summary>Pictures or classes that matching left out.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>Accuracy of the last bin less that of the first.</summary>
    public double Difference => Bins.Count > 0 ? Bins[^1].Accuracy - Bins[0].Accuracy : double.NaN;

    /// <summary>The same after matching; null where a bin is too small.</summary>
    public double? MatchedDifference => Bins.Count > 0 ? Bins[^1].MatchedAccuracy - Bins[0].MatchedAccuracy : null;

    /// <summary>What a logistic regression says the attribute does where the other one is as it is: marginal effect of one standard deviation, in points of accuracy.</summary>
    public double? AdjustedEffect { get; init; }

    /// <summary>Lower end of its 95 % interval.</summary>
    public double? AdjustedEffectLower { get; init; }

    /// <summary>Upper end of it.</summary>
    public double? AdjustedEffectUpper { get; init; }

    /// <inheritdoc/>
    public Sheet Draw(DrawOptions options) => new()
    {
        Title = $"Accuracy of {Model} by {Attribute}",
        Subtitle = $"{Count:N0} {(Unit == AccuracyUnit.Class ? "classes" : "pictures")}; intervals are 95 %",
        Cells = [ToCell()],
        Scale = 1,
        Legend = Legend([this]),
        Notes = [ToString()],
    };

    /// <summary>The bars: of matched bins with a ring where the mean was before, as in the paper.</summary>
    internal SheetCell ToCell()
    {
        bool matched = MatchedBy is not null;
        List<ChartMark> marks = [];
        for (int i = 0; i < Bins.Count; i++)
        {
            AttributeBin bin = Bins[i];
            double middle = i + 0.5;
            Rgb color = IsPale(bin) ? _pale : Chart.Colors[5];
            var (value, low, high) = matched ? (bin.MatchedAccuracy, bin.MatchedLower, bin.MatchedUpper) : (bin.Accuracy, bin.Lower, bin.Upper);
            if (value is not null) marks.Add(new ChartBar(i + 0.15, i + 0.85, value.Value, color));
            if (low is { } l && high is { } h && double.IsFinite(l)) marks.Add(new ChartWhisker(middle, l, h, Rgb.Black));
            if (matched) marks.Add(new ChartDot(middle, bin.Accuracy, Rgb.Black, IsOpen: true));
        }
        return new SheetCell(new Chart
        {
            Width = Math.Clamp(90 + 110 * Bins.Count, 300, 1600),
            Height = 280,
            X = new ChartAxis(Attribute, 0, Math.Max(1, Bins.Count)) { Ticks = [.. Bins.Select((b, i) => new ChartTick(i + 0.5, b.Name))] },
            Y = ChartAxis.Percent("accuracy"),
            Marks = marks,
        });
    }

    internal static IReadOnlyList<LegendEntry> Legend(IReadOnlyCollection<AttributeEffect> effects) =>
    [
        .. effects.Any(e => e.MatchedBy is not null) ? [new LegendEntry(Chart.Colors[5], "bins matched; a ring is the mean before, and a bin without a bar has fewer than five left")] : Array.Empty<LegendEntry>(),
        .. effects.Any(e => e.Bins.Any(e.IsPale)) ? [new LegendEntry(_pale, "fewer than 30 pictures")] : Array.Empty<LegendEntry>(),
    ];

    private static readonly Rgb _pale = new(170, 190, 205);

    private bool IsPale(AttributeBin bin) => bin.IsSmall && Unit == AccuracyUnit.Image;

    /// <inheritdoc/>
    public override string ToString()
    {
        List<string> said = [];
        if (Correlation is { } rho) said.Add(FormattableString.Invariant($"ρ {rho:F2}{(CorrelationLower is { } l ? FormattableString.Invariant($" ({l:F2} to {CorrelationUpper:F2})") : "")}"));
        if (PValue is not null) said.Add(FormattableString.Invariant($"p {(AdjustedPValue ?? PValue):G2} ({Test}{(AdjustedPValue is null ? "" : ", adjusted")})"));
        if (MatchedBy is not null) said.Add(FormattableString.Invariant($"{100 * Difference:+0.0;-0.0;0.0} points from first to last bin, {(MatchedDifference is { } d ? FormattableString.Invariant($"{100 * d:+0.0;-0.0;0.0}") : "none to tell")} after matching {MatchedBy} ({Removed.Count:N0} left out)"));
        return $"{Attribute}: {(said.Count > 0 ? string.Join("; ", said) : "nothing to test")}.";
    }

    Origin? ICnnResult.Origin => Origin;

    internal Origin? Origin { get; init; }
}
