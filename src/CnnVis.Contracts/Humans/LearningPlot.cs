namespace CnnVis;

/// <summary>How labelers' errors change with practice, and how long they take, as a picture.</summary>
/// <param name="Experiment">The study; empty where it has no name.</param>
/// <param name="Labelers">Whose curves.</param>
public sealed record LearningPlot(string Experiment, IReadOnlyList<LabelerScore> Labelers) : IVisual
{
    private const int Width = 480, Height = 320, TimeBins = 24, Settled = 50;

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
            Scale = options.Magnification ?? 1,
            Legend = [.. shown.Select(l => new LegendEntry(colors[l.Labeler], l.MedianSeconds is { } s ? FormattableString.Invariant($"{l.Labeler}, {l.Top1}, median {s:G3} s") : $"{l.Labeler}, {l.Top1}"))],
        };
    }

    private static SheetCell Curves(LabelerScore[] shown, LabelColors colors, int trials, double error, Func<LearningPoint, double> value, string name)
    {
        var chart = new LineChart(Width, Height);
        foreach (LabelerScore labeler in shown) chart.Curve([.. labeler.LearningCurve.Select(p => ((double)p.Trial / trials, value(p) / error))], colors[labeler.Labeler]);
        return new SheetCell(chart.ToImage(), FormattableString.Invariant($"{name}, 0 to {error:P0}, by pictures answered, 0 to {trials}"));
    }

    private static SheetCell Times(LabelerScore[] timed, LabelColors colors)
    {
        double[] all = [.. timed.SelectMany(Logarithms)];
        double low = Math.Floor(2 * all.Min()) / 2, high = Math.Max(low + 0.5, Math.Ceiling(2 * all.Max()) / 2);
        var lines = timed.Select(l => (l.Labeler, Shares: Histogram([.. Logarithms(l)], low, high))).ToArray();
        double most = lines.Max(l => l.Shares.Max());
        var chart = new LineChart(Width, Height);
        foreach (var (labeler, shares) in lines) chart.Curve([.. shares.Select((s, i) => ((i + 0.5) / TimeBins, s / most))], colors[labeler]);
        return new SheetCell(chart.ToImage(), FormattableString.Invariant($"share of pictures, 0 to {most:P0}, by time, {Math.Pow(10, low):G2} to {Math.Pow(10, high):G2} s, logarithmic"));

        static IEnumerable<double> Logarithms(LabelerScore labeler) => labeler.LearningCurve.Select(p => p.Seconds).OfType<double>().Where(s => s > 0).Select(Math.Log10);
    }

    private static double[] Histogram(double[] values, double low, double high)
    {
        double[] shares = new double[TimeBins];
        foreach (double value in values) shares[Math.Clamp((int)((value - low) / (high - low) * TimeBins), 0, TimeBins - 1)] += 1.0 / values.Length;
        return shares;
    }

    /// <summary>The next tenth, so that the axis has a round end.</summary>
    private static double Ceiling(double share) => Math.Clamp(Math.Ceiling(share * 10 - 1e-9) / 10, 0.1, 1);
}
