using System.Diagnostics.CodeAnalysis;

namespace CnnVis;

/// <summary>
/// How often a network is right whose labels may hold together. A picture's labels are then all that it shows; what it is not said to have, it has not. Beside what <see cref="CnnAccuracy"/> counts (of pictures with
/// a label at least; the most probable label is right if the picture has it), each label is judged over all pictures, those without any label among them.
/// </summary>
public sealed record MultiLabelAccuracy : CnnAccuracy
{
    /// <param name="accuracy">What is counted of any network.</param>
    [SetsRequiredMembers]
    public MultiLabelAccuracy(CnnAccuracy accuracy) : base(accuracy)
    {
    }

    /// <summary>Pictures that are judged, also those that have no label.</summary>
    public int JudgedCount { get; init; }

    /// <summary>mAP: the mean of the labels' average precision, of labels that a picture has; NaN where there are none.</summary>
    public double MeanAveragePrecision { get; init; }

    /// <summary>Lower end of its 95 % interval: percentiles over pictures drawn again.</summary>
    public double MeanAveragePrecisionLower { get; init; }

    /// <summary>Upper end of it.</summary>
    public double MeanAveragePrecisionUpper { get; init; }

    /// <summary>Share of the pictures of which just the right labels are said.</summary>
    public RateEstimate? ExactMatch { get; init; }

    /// <summary>F1 of all answers about all labels together.</summary>
    public double MicroF1 { get; init; }

    /// <summary>Mean of the labels' F1, of labels that are shown or said.</summary>
    public double MacroF1 { get; init; }

    /// <summary>Each label, by output index.</summary>
    public IReadOnlyList<LabelAccuracy> Labels { get; init; } = [];

    /// <summary>Bars by attribute where attributes were asked for, else the average precision of each label that a picture has, the best first, beside the share of pictures that have it: what a ranking by chance has.</summary>
    public override Sheet Draw(DrawOptions options)
    {
        LabelAccuracy[] shown = [.. Labels.Where(l => l.Count > 0).OrderByDescending(l => l.AveragePrecision).ThenBy(l => l.Index)];
        if (Attributes.Count > 0 || shown.Length == 0) return base.Draw(options);
        int drawn = Math.Min(shown.Length, options.Limit ?? 100), every = (drawn + 19) / 20;
        var chart = new Chart
        {
            Width = Math.Clamp(90 + 30 * drawn, 360, 1600),
            X = new ChartAxis("labels, by number", 0, drawn) { Ticks = [.. Enumerable.Range(0, drawn).Where(i => i % every == 0).Select(i => new ChartTick(i + 0.5, $"{i + 1}"))] },
            Y = ChartAxis.Percent("average precision"),
            Marks =
            [
                .. shown.Take(drawn).Select((l, i) => new ChartBar(i + 0.15, i + 0.85, l.AveragePrecision, Chart.Colors[0])),
                .. shown.Take(drawn).Select((l, i) => (Share: (double)l.Count / JudgedCount, i)).Select(p => new ChartLine([(p.i + 0.05, p.Share), (p.i + 0.95, p.Share)], Rgb.Black, HasDots: false, IsDashed: false)),
            ],
        };
        return new Sheet
        {
            Title = $"Labels of {Model}",
            Subtitle = FormattableString.Invariant($"mAP {100 * MeanAveragePrecision:F1} % [{100 * MeanAveragePrecisionLower:F1}, {100 * MeanAveragePrecisionUpper:F1}], {JudgedCount:N0} pictures; line: by chance"),
            Cells = [new SheetCell(chart)],
            Scale = 1,
            Notes =
            [
                string.Join(", ", shown.Take(drawn).Select((l, i) => FormattableString.Invariant($"{i + 1} {l.Name} {100 * l.AveragePrecision:F0} %"))) + (drawn < shown.Length ? FormattableString.Invariant($"; {shown.Length - drawn} more are not drawn") : ""),
            ],
        };
    }

    /// <inheritdoc/>
    private protected override CnnAccuracy Told(CnnModel model) => this with { Labels = Labels.Select(l => l with { Origin = new Origin(model) }).ToArray() };

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Model}: mAP {100 * MeanAveragePrecision:F1} % of {JudgedCount} pictures");
}
