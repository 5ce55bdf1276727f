using System.Globalization;

namespace CnnVis;

/// <summary>How labelers' errors change with practice, and how long they take, as a picture.</summary>
/// <param name="Experiment">The study; empty where it has no name.</param>
/// <param name="Labelers">Whose curves.</param>
public sealed record LearningPlot(string Experiment, IReadOnlyList<LabelerScore> Labelers) : IVisual
{
    private const int TimeBins = 24, Settled = 50;

    /// <summary>Error so far and error among the last 50 by number of pictures, and the distribution of times on a logarithmic axis, where obvious pictures and long searches are two hills (Karpathy 2014).</summary>
    public Sheet Draw(DrawOptions options)
    {
        LabelerScore[] shown = [.. Labelers.Where(l => l.LearningCurve.Count > 0).Take(options.Limit ?? int.MaxValue)];
        if (shown.Length == 0) throw new CnnVisException(ErrorIds.InvalidArgument, "There are no answers whose curves could be drawn.", this);
        LabelColors colors = LabelColors.Of(shown.Select(l => l.Labeler));
        int trials = shown.Max(l => l.LearningCurve.Count);
        // The first few answers are nearly all right or all wrong, and would leave the rest of the axis empty.
        double error = Ceiling(shown.Max(l => l.LearningCurve.Skip(Math.Min(Settled, l.LearningCurve.Count) - 1).Max(p => Math.Max(p.CumulativeError, p.WindowError))));
        var cells = new List<SheetCell>
        {
            Curves(shown, colors, trials, error, p => p.CumulativeError, "error so far"),
            Curves(shown, colors, trials, error, p => p.WindowError, "error among the last 50"),
        };
        LabelerScore[] timed = [.. shown.Where(l => l.MedianSeconds is not null)];
        if (timed.Length > 0) cells.Add(Times(timed, colors));
        return new Sheet
        {
            Title = Experiment.Length > 0 ? $"Learning and time: {Experiment}" : "Learning and time",
            Subtitle = $"{shown.Length} labelers, up to {trials:N0} pictures each",
            Cells = cells,
            Columns = options.Columns ?? cells.Count,
            Scale = 1,
            Legend = [.. shown.Select(l => new LegendEntry(colors[l.Labeler], l.MedianSeconds is { } s ? FormattableString.Invariant($"{l.Labeler}, {l.Top1}, median {s:G3} s") : $"{l.Labeler}, {l.Top1}"))],
        };
    }

    private static SheetCell Curves(LabelerScore[] shown, LabelColors colors, int trials, double error, Func<LearningPoint, double> value, string name) => new(new Chart
    {
        X = new ChartAxis("pictures answered", 0, trials),
        Y = new ChartAxis(name, 0, error) { Ticks = Percents(error) },
        Marks = [.. shown.Select(l => new ChartLine([.. l.LearningCurve.Select(p => ((double)p.Trial, value(p)))], colors[l.Labeler], HasDots: false))],
    });

    private static SheetCell Times(LabelerScore[] timed, LabelColors colors)
    {
        double[] all = [.. timed.SelectMany(Logarithms)];
        double low = Math.Floor(2 * all.Min()) / 2, high = Math.Max(low + 0.5, Math.Ceiling(2 * all.Max()) / 2);
        var lines = timed.Select(l => (l.Labeler, Shares: Histogram([.. Logarithms(l)], low, high))).ToArray();
        double most = Ceiling(lines.Max(l => l.Shares.Max()));
        return new SheetCell(new Chart
        {
            X = new ChartAxis("seconds a picture", low, high) { Ticks = [.. Enumerable.Range(0, (int)Math.Round(2 * (high - low)) + 1).Select(i => low + i / 2.0).Select(t => new ChartTick(t, Math.Pow(10, t).ToString("G2", CultureInfo.InvariantCulture)))] },
            Y = new ChartAxis("share of pictures", 0, most) { Ticks = Percents(most) },
            Marks = [.. lines.Select(l => new ChartLine([.. l.Shares.Select((s, i) => (double.Lerp(low, high, (i + 0.5) / TimeBins), s))], colors[l.Labeler], HasDots: false))],
        });

        static IEnumerable<double> Logarithms(LabelerScore labeler) => labeler.LearningCurve.Select(p => p.Seconds).OfType<double>().Where(s => s > 0).Select(Math.Log10);
    }

    /// <summary>Six marks from 0 to a share of whole tenths.</summary>
    private static ChartTick[] Percents(double most) => [.. Enumerable.Range(0, 6).Select(i => new ChartTick(i * most / 5, FormattableString.Invariant($"{20 * most * i:F0} %")))];

    private static double[] Histogram(double[] values, double low, double high)
    {
        double[] shares = new double[TimeBins];
        foreach (double value in values) shares[Math.Clamp((int)((value - low) / (high - low) * TimeBins), 0, TimeBins - 1)] += 1.0 / values.Length;
        return shares;
    }

    /// <summary>The next tenth, so that the axis has a round end.</summary>
    private static double Ceiling(double share) => Math.Clamp(Math.Ceiling(share * 10 - 1e-9) / 10, 0.1, 1);

    /// <inheritdoc/>
    public override string ToString() => $"learning of {Labelers.Count} labelers{(Experiment.Length > 0 ? $": {Experiment}" : "")}";
}
