using System.Globalization;

namespace CnnVis;

/// <summary>How well layers' features find where the content of pictures went, layer by layer and beside what they are to be better than, as a picture.</summary>
public sealed class CorrespondencePlot : IVisual
{
    private static readonly (CorrespondenceFeatures Features, Rgb Color, string Name)[] _series = // Okabe and Ito
    [
        (CorrespondenceFeatures.Network, new(0, 114, 178), "the network"),
        (CorrespondenceFeatures.RandomWeights, new(213, 94, 0), "the same network with random weights"),
        (CorrespondenceFeatures.RawPixels, new(0, 158, 115), "raw pixels"),
        (CorrespondenceFeatures.Identity, new(230, 159, 0), "identity: nothing has moved"),
        (CorrespondenceFeatures.RandomFeatures, new(90, 90, 90), "random features"),
    ];

    /// <summary>What is drawn.</summary>
    public required IReadOnlyList<CorrespondenceMeasure> Measures { get; init; }

    /// <summary>For each network and movement three charts: the share of points found within 0.1, 0.05 and 0.025 of the longer side, by layer.</summary>
    public Sheet Draw(DrawOptions options)
    {
        var groups = Measures.GroupBy(m => (m.Model, m.Warp)).ToArray();
        return new Sheet
        {
            Title = "Correspondence by layer",
            Subtitle = $"{Measures.Max(m => m.Count):N0} pictures; share of points found (PCK), with 95 % intervals over pictures",
            Cells = [.. groups.SelectMany(g => Charts(g.Key.Model, g.Key.Warp, [.. g]))],
            Columns = options.Columns ?? 3,
            Scale = 1,
            Legend = [.. _series.Where(s => Measures.Any(m => m.Features == s.Features)).Select(s => new LegendEntry(s.Color, s.Name))],
            Notes = [.. groups.SelectMany(g => g.Where(m => m.Features == CorrespondenceFeatures.Network).Chunk(3).Select(part => $"{g.Key.Model}, {g.Key.Warp}: {string.Join("; ", part.Select(Said))}."))],
        };
    }

    private static string Said(CorrespondenceMeasure m) => string.Create(CultureInfo.InvariantCulture, $"{m.Layer} {100 * m.Pck10:F0} / {100 * m.Pck05:F0} / {100 * m.Pck025:F0} %, median {m.MedianError:F1} px (field {m.FieldSize}, every {m.Grid.StrideX:G3})");

    private static IEnumerable<SheetCell> Charts(string model, string warp, CorrespondenceMeasure[] measures)
    {
        yield return Chart("0.1", m => m.Pck10, m => m.Pck10Lower, m => m.Pck10Upper);
        yield return Chart("0.05", m => m.Pck05, m => m.Pck05Lower, m => m.Pck05Upper);
        yield return Chart("0.025", m => m.Pck025, m => m.Pck025Lower, m => m.Pck025Upper);

        SheetCell Chart(string alpha, Func<CorrespondenceMeasure, double> share, Func<CorrespondenceMeasure, double> lower, Func<CorrespondenceMeasure, double> upper)
        {
            List<ChartMark> marks = [];
            string[] layers = [.. measures.Select(m => m.Layer).Distinct()];
            foreach (var (features, color, _) in _series.Reverse())
            {
                CorrespondenceMeasure[] line = [.. measures.Where(m => m.Features == features)];
                if (line.Length == 0) continue;
                if (line.All(m => !double.IsNaN(lower(m)))) marks.Add(new ChartBand(Line(lower), Line(upper), color));
                marks.Add(new ChartLine(Line(share), color));

                (double, double)[] Line(Func<CorrespondenceMeasure, double> value) => [.. line.Select(m => ((double)Array.IndexOf(layers, m.Layer), value(m)))];
            }
            return new SheetCell(new Chart
            {
                Width = 380,
                Height = 300,
                X = new ChartAxis($"{model}, {warp}", 0, Math.Max(1, layers.Length - 1)) { Ticks = [.. layers.Select((layer, i) => new ChartTick(i, layer))] },
                Y = ChartAxis.Percent($"found within {alpha}"),
                Marks = marks,
            });
        }
    }
}
