namespace CnnVis;

/// <summary>How accurate a network stays when its pictures are corrupted (Hendrycks and Dietterich, ICLR 2019).</summary>
public sealed record CorruptionRobustness : IVisual, ICnnResult
{
    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>Pictures.</summary>
    public int Count => CleanAccuracy.Total;

    /// <summary>Whose parameters they are: ImageNet-C's for about 224 pixels, Tiny-ImageNet-C's for 64, CIFAR-10-C's for 32.</summary>
    public required string Parameters { get; init; }

    /// <summary>Accuracy without a corruption.</summary>
    public required RateEstimate CleanAccuracy { get; init; }

    /// <summary>Accuracy by corruption and severity.</summary>
    public required IReadOnlyList<CorruptionMeasure> Measures { get; init; }

    /// <summary>By corruption, over the severities.</summary>
    public required IReadOnlyList<CorruptionSummary> Corruptions { get; init; }

    /// <summary>Mean error of the corruptions, the four extras left out unless there are no others.</summary>
    public required double MeanError { get; init; }

    /// <summary>Mean retention, likewise: accuracy that is left.</summary>
    public required double MeanRetention { get; init; }

    /// <summary>mCE: mean CE, likewise, in percent of the baseline's; null without a baseline.</summary>
    public required double? MeanCorruptionError { get; init; }

    /// <summary>Relative mCE, likewise.</summary>
    public required double? RelativeMeanCorruptionError { get; init; }

    /// <summary>Whose errors count as 100: AlexNet (Hendrycks and Dietterich's numbers), a network that was measured beside, or nobody's.</summary>
    public required string? Baseline { get; init; }

    /// <summary>What has to be known about the numbers.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Curves by severity, a chart a family.</summary>
    public Sheet Draw(DrawOptions options)
    {
        SheetCell[] charts = [.. Measures.GroupBy(m => m.Family).Select(family => ToCell(family.Key, [.. family]))];
        return new Sheet
        {
            Title = $"{Model} under corruption",
            Subtitle = FormattableString.Invariant($"{Count:N0} pictures; clean {100 * CleanAccuracy.Share:F1} %, in the mean {100 * (1 - MeanError):F1} %, {100 * MeanRetention:F0} % of it left{(MeanCorruptionError is { } mce ? FormattableString.Invariant($"; mCE {mce:F1} by {Baseline}") : "")}"),
            Cells = charts,
            Columns = options.Columns ?? Math.Min(2, charts.Length),
            Scale = 1,
            Notes = Notes,
        };
    }

    private SheetCell ToCell(string family, CorruptionMeasure[] measures)
    {
        List<ChartMark> marks = [];
        IGrouping<string, CorruptionMeasure>[] lines = [.. measures.GroupBy(m => m.Corruption)];
        int last = measures.Max(m => m.Severity);
        for (int i = 0; i < lines.Length; i++)
        {
            Rgb color = Chart.Colors[i % Chart.Colors.Count];
            CorruptionMeasure[] points = [.. lines[i].OrderBy(m => m.Severity)];
            (double, double)[] Line(Func<RateEstimate, double> value) => [(0, value(CleanAccuracy)), .. points.Select(m => ((double)m.Severity, value(m.Accuracy)))];
            marks.Add(new ChartBand(Line(r => r.Lower), Line(r => r.Upper), color));
            marks.Add(new ChartLine(Line(r => r.Share), color));
        }
        // Names at the ends of the lines, apart from each other.
        double at = 1;
        foreach (var (name, share, color) in lines.Select((l, i) => (l.Key, l.MaxBy(m => m.Severity)!.Accuracy.Share, Chart.Colors[i % Chart.Colors.Count])).OrderByDescending(l => l.Share))
        {
            at = Math.Min(at - 0.055, share);
            marks.Add(new ChartText(last + 0.12, Math.Max(at, 0.02), name, color));
        }
        return new SheetCell(new Chart
        {
            Width = 560,
            Height = 320,
            X = new ChartAxis($"{family.ToLowerInvariant()}, severity", 0, last * 1.45) { Ticks = [.. Enumerable.Range(0, last + 1).Select(s => new ChartTick(s, $"{s}"))] },
            Y = ChartAxis.Percent("accuracy"),
            Marks = marks,
        });
    }

    Origin? ICnnResult.Origin => Origin;

    internal Origin? Origin { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Model}: {100 * CleanAccuracy.Share:F1} % clean, {100 * (1 - MeanError):F1} % corrupted");
}
