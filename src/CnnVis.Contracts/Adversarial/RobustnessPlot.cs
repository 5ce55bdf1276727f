namespace CnnVis;

/// <summary>Robust accuracy by size, attack by attack, and how examples carry over between networks, as a picture.</summary>
public sealed class RobustnessPlot : IVisual
{
    /// <summary>What is drawn.</summary>
    public required IReadOnlyList<RobustnessMeasure> Measures { get; init; }

    /// <summary>A chart for each norm, with a band for the confidence intervals; and a matrix of networks where there are several.</summary>
    public Sheet Draw(DrawOptions options)
    {
        string[] names = [.. Own.Where(m => m.Epsilon is not null).Select(Series).Distinct()];
        AttackNorm[] norms = [.. Own.Where(m => m.Epsilon is not null).Select(m => m.Norm).Distinct()];
        SheetCell[] charts = [.. norms.Select(norm => ToCell(norm, names))];
        int columns = options.Columns ?? Math.Max(1, Math.Max(charts.Length, Networks.Length > 1 ? Networks.Length : 1));
        return new Sheet
        {
            Title = "Robust accuracy",
            Subtitle = $"{Measures.Max(m => m.Count):N0} pictures; bands are 95 % confidence intervals (Wilson)",
            Cells = [.. Row(charts, columns), .. Matrix(columns)],
            Columns = columns,
            Scale = 1,
            ColorBar = Networks.Length > 1 ? new ColorBar(ColorMap.Lagoon, 0, 1, "accuracy of the network asked (right of the arrow) about examples made for the one attacked, of the largest size") : null,
            Legend = [.. names.Select((name, i) => new LegendEntry(Chart.Colors[i % Chart.Colors.Count], name))],
            Notes = [.. Own.GroupBy(Series).Select(g => $"{g.Key}: {string.Join(", ", g.Select(Said))}.")],
        };
    }

    private IEnumerable<RobustnessMeasure> Own => Measures.Where(m => m.Model == m.Source);

    private string[] Networks => [.. Measures.Select(m => m.Model).Distinct()];

    private string Series(RobustnessMeasure measure) => Networks.Length > 1 ? $"{measure.Method} on {measure.Model}" : measure.Method;

    private static string Said(RobustnessMeasure m) => m.Epsilon is { } e ? FormattableString.Invariant($"{e:G3} {m.Accuracy:P1}") : FormattableString.Invariant($"of any size {m.Accuracy:P1}");

    private SheetCell ToCell(AttackNorm norm, string[] names)
    {
        RobustnessMeasure[] shown = [.. Own.Where(m => m.Norm == norm && m.Epsilon is not null)];
        double most = Math.Max(shown.Max(m => m.Epsilon!.Value), 1e-12);
        List<ChartMark> marks = [];
        for (int i = 0; i < names.Length; i++)
        {
            RobustnessMeasure[] series = [.. shown.Where(m => Series(m) == names[i]).OrderBy(m => m.Epsilon)];
            if (series.Length == 0) continue;
            // Without a perturbation the accuracy is the clean one.
            (double, double)[] Line(Func<RobustnessMeasure, double> value) => [.. series[0].Epsilon > 0 ? [(0.0, series[0].CleanAccuracy)] : Array.Empty<(double, double)>(), .. series.Select(m => (m.Epsilon!.Value, value(m)))];
            Rgb color = Chart.Colors[i % Chart.Colors.Count];
            marks.Add(new ChartBand(Line(m => m.Lower), Line(m => m.Upper), color));
            marks.Add(new ChartLine(Line(m => m.Accuracy), color));
        }
        return new SheetCell(new Chart { X = new ChartAxis($"size of the perturbation ({norm})", 0, most), Y = ChartAxis.Percent("accuracy"), Marks = marks });
    }

    /// <summary>A row for each attack and network attacked, a cell for each network asked: the accuracy under the attack's largest size. Cells are as wide as the longest caption.</summary>
    private IEnumerable<SheetCell> Matrix(int columns)
    {
        if (Networks.Length < 2) return [];
        RobustnessMeasure?[][] rows = [.. Own.Select(m => (m.Method, m.Norm)).Distinct().SelectMany(attack => Networks.Select(source => Networks.Select(model => Largest(attack.Method, attack.Norm, source, model)).ToArray()))];
        int width = Math.Max(200, 7 * rows.Max(row => row.Max(m => m is null ? 0 : Caption(m).Length)));
        return rows.SelectMany(row => Row(row.Select(m => m is null ? SheetCell.Empty : Cell(m, width)), columns));
    }

    private RobustnessMeasure? Largest(string method, AttackNorm norm, string source, string model) =>
        Measures.Where(m => m.Source == source && m.Model == model && m.Method == method && m.Norm == norm).MaxBy(m => m.Epsilon ?? double.PositiveInfinity);

    private static SheetCell Cell(RobustnessMeasure measure, int width)
    {
        Rgb color = ColorMap.Lagoon[measure.Accuracy];
        byte[] pixels = [.. Enumerable.Range(0, width * 60).SelectMany(_ => new[] { color.R, color.G, color.B })];
        return new SheetCell(new PixelImage(width, 60, pixels), Caption(measure));
    }

    private static string Caption(RobustnessMeasure measure)
    {
        string size = measure.Epsilon is { } e ? FormattableString.Invariant($" {e:G3}") : "";
        return FormattableString.Invariant($"{measure.Method}{size}, {measure.Source} → {measure.Model}: {measure.Accuracy:P1}");
    }

    /// <summary>Cells, and empty ones to the end of the row.</summary>
    private static IEnumerable<SheetCell> Row(IEnumerable<SheetCell> cells, int columns)
    {
        SheetCell[] all = [.. cells];
        return [.. all, .. Enumerable.Repeat(SheetCell.Empty, (columns - all.Length % columns) % columns)];
    }

    /// <inheritdoc/>
    public override string ToString() => $"plot of {Measures.Count} measures";
}
