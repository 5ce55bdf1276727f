namespace CnnVis;

/// <summary>Accuracy of linear classifiers by layer, as a picture.</summary>
public sealed class SeparabilityPlot : IVisual
{
    private static readonly Rgb _trained = new(0, 114, 178), _random = new(213, 94, 0), _pixels = new(90, 90, 90); // Okabe and Ito

    /// <summary>What is drawn: of one network.</summary>
    public required IReadOnlyList<SeparabilityMeasure> Measures { get; init; }

    /// <summary>A line for the network and one for random weights from layer to layer, with a band for the confidence intervals, and a level one for the picture itself.</summary>
    public Sheet Draw(DrawOptions options)
    {
        string[] layers = [.. Measures.Where(m => m.Index >= 0).OrderBy(m => m.Index).Select(m => m.Layer).Distinct()];
        List<ChartMark> marks = [];
        SeparabilityMeasure? pixels = Measures.FirstOrDefault(m => m.Base == SeparabilityBase.Pixels);
        double last = Math.Max(1, layers.Length - 1);
        if (pixels is not null)
        {
            marks.Add(new ChartBand([(0, pixels.Lower), (last, pixels.Lower)], [(0, pixels.Upper), (last, pixels.Upper)], _pixels));
            marks.Add(new ChartLine([(0, pixels.Accuracy), (last, pixels.Accuracy)], _pixels, HasDots: false));
        }
        foreach (var (kind, color) in new[] { (SeparabilityBase.Random, _random), (SeparabilityBase.Trained, _trained) })
        {
            SeparabilityMeasure[] line = [.. Measures.Where(m => m.Base == kind).OrderBy(m => m.Index)];
            if (line.Length == 0) continue;
            (double, double)[] Points(Func<SeparabilityMeasure, double> value) => [.. line.Select(m => ((double)Array.IndexOf(layers, m.Layer), value(m)))];
            marks.Add(new ChartBand(Points(m => m.Lower), Points(m => m.Upper), color));
            marks.Add(new ChartLine(Points(m => m.Accuracy), color));
        }
        SeparabilityMeasure any = Measures[0];
        return new Sheet
        {
            Title = $"{any.Model}: what a linear classifier can tell apart by each layer",
            Subtitle = FormattableString.Invariant($"{any.ClassCount} classes (chance {1.0 / any.ClassCount:P1}); {any.TrainingCount:N0} pictures to learn from, {any.Count:N0} others to be asked about; bands are 95 % confidence intervals (Wilson)"),
            Cells = [new SheetCell(new Chart
            {
                Width = 640,
                Height = 420,
                X = new ChartAxis("layer", 0, last) { Ticks = [.. layers.Select((layer, i) => new ChartTick(i, layer))] },
                Y = ChartAxis.Percent("accuracy"),
                Marks = marks,
            })],
            Columns = 1,
            Scale = 1,
            Legend =
            [
                new LegendEntry(_trained, "the network as it is"),
                .. Measures.Any(m => m.Base == SeparabilityBase.Random) ? [new LegendEntry(_random, "with random weights")] : Array.Empty<LegendEntry>(),
                .. pixels is null ? Array.Empty<LegendEntry>() : [new LegendEntry(_pixels, "the pictures' own pixels")],
            ],
            Notes = [.. Measures.GroupBy(m => m.Base).Select(g => $"{g.Key}: {string.Join(", ", g.OrderBy(m => m.Index).Select(m => FormattableString.Invariant($"{m.Layer} {m.Accuracy:P1}")))}.")],
        };
    }
}
