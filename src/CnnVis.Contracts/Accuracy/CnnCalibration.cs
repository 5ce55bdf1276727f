namespace CnnVis;

/// <summary>Whether a network is right as often as it says (Guo et al., ICML 2017). Bins hold equally many pictures (Nixon et al. 2019), so that none stands on a few.</summary>
public sealed record CnnCalibration : IVisual
{
    /// <summary>The bins, the least sure first. Pictures of one probability lie in one bin.</summary>
    public required IReadOnlyList<CalibrationBin> Bins { get; init; }

    /// <summary>ECE: mean |accuracy − confidence| of the bins, weighted by their pictures.</summary>
    public required double ExpectedError { get; init; }

    /// <summary>MCE: the largest of them.</summary>
    public required double MaximumError { get; init; }

    /// <summary>Mean confidence less accuracy: above 0 where the network is surer than it is right.</summary>
    public required double Overconfidence { get; init; }

    /// <summary>The reliability diagram: accuracy by confidence, and the diagonal where both agree.</summary>
    public Sheet Draw(DrawOptions options)
    {
        Rgb color = Chart.Colors[0];
        var chart = new Chart
        {
            Width = 420,
            Height = 400,
            X = ChartAxis.Percent("confidence"),
            Y = ChartAxis.Percent("accuracy"),
            Marks =
            [
                new ChartLine([(0, 0), (1, 1)], new Rgb(120, 120, 120), HasDots: false, IsDashed: true),
                .. Bins.Select(b => new ChartWhisker(b.Confidence, b.Accuracy.Lower, b.Accuracy.Upper, color)),
                new ChartLine([.. Bins.Select(b => (b.Confidence, b.Accuracy.Share))], color),
            ],
        };
        return new Sheet
        {
            Title = "Reliability",
            Subtitle = FormattableString.Invariant($"expected calibration error {100 * ExpectedError:F1} points, {Bins.Count} bins of equally many pictures"),
            Cells = [new SheetCell(chart)],
            Scale = 1,
            Notes = [FormattableString.Invariant($"{(Overconfidence >= 0 ? "Surer than right" : "Right more often than sure")} by {100 * Math.Abs(Overconfidence):F1} points in the mean; intervals are 95 % (Wilson).")],
        };
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"expected error {100 * ExpectedError:F1} points, largest {100 * MaximumError:F1}");
}
