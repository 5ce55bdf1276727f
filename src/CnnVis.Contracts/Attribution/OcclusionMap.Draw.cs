using System.Globalization;

namespace CnnVis;

public sealed partial class OcclusionMap : IVisual
{
    private const double Opacity = 0.6;

    /// <summary>
    /// The photo with the occluder where it costs the class most; the scores beside it and over it; the attribution beside the photo and over it; the most
    /// probable class; and the layers' totals. Everything lies at its place in the photo: a pixel takes the position whose middle is nearest.
    /// Attributions are centred on zero. A diverging colour map of the options is for them, any other for scores and totals.
    /// </summary>
    public Sheet Draw(DrawOptions options)
    {
        ColorMap sequential = options.ColorMap is { IsDiverging: false } own ? own : ColorMap.Lagoon;
        ColorMap diverging = options.ColorMap is { IsDiverging: true } signed ? signed : ColorMap.Polar;
        int[] places = OcclusionPlaces.Of(this);
        int times = Photo.Width / InputWidth;
        ValueRange scores = Range(Scores, Score), attribution = ValueRange.Of(Attribution).Symmetric();
        PixelImage score = At(Scores, scores), attributed = diverging.Paint(Attribution, InputWidth, InputHeight, attribution.Low, attribution.High).Magnify(times);
        var colors = ClassColors.Of(MostProbable.ToArray());
        PixelBox occluder = LowestWindow;
        string kind = ScoreKind switch { ClassScore.Probability => "probability", ClassScore.Logit => "logit", _ => "value" };
        return new Sheet
        {
            Title = $"{Class} in {System.IO.Path.GetFileName(Path)}",
            Subtitle = string.Create(CultureInfo.InvariantCulture, $"{Model}: {kind} {Score:G3}, {LowestScore:G3} with the occluder at ({occluder.X}, {occluder.Y}); occluder {Windows[0].Width} × {Windows[0].Height}, {Baseline}, {Columns} × {Rows} positions{Refinement}"),
            Cells =
            [
                new SheetCell(Photo, "photo, occluder where it costs most", [new PixelBox(occluder.X * times, occluder.Y * times, occluder.Width * times, occluder.Height * times)]),
                new SheetCell(score, $"{kind} of {Class}"),
                new SheetCell(Overlay.Mix(Photo, score, Opacity), $"{kind} over the photo"),
                new SheetCell(Classes(places, colors).Magnify(times), "most probable class"),
                new SheetCell(attributed, "attribution"),
                new SheetCell(Overlay.Mix(Photo, attributed, Opacity), "attribution over the photo"),
                .. ComputedCount < Computed.Count ? [new SheetCell(Asked(places).Magnify(times), "dark: computed, light: interpolated")] : Array.Empty<SheetCell>(),
                .. Layers.Select(l => new SheetCell(At(l.Totals, Range(l.Totals, l.Total)), $"total of map {l.Channel} of {l.Layer}")),
            ],
            Columns = options.Columns ?? 3,
            Scale = options.Magnification ?? Math.Max(1, 160 / Math.Max(Photo.Width, Photo.Height)),
            ColorBar = new ColorBar(sequential, scores.Low, scores.High, $"{kind} of {Class} while the window is occluded"),
            FurtherColorBars =
            [
                new ColorBar(diverging, attribution.Low, attribution.High, $"attribution: {kind} lost by occluding, mean over the windows that cover a pixel"),
                .. Layers.Select(l => (Layer: l, Range: Range(l.Totals, l.Total))).Select(l => new ColorBar(sequential, l.Range.Low, l.Range.High, $"total activation of map {l.Layer.Channel} of {l.Layer.Layer}")),
            ],
            Legend = Legend(colors),
        };

        PixelImage At(float[] values, ValueRange range) => sequential.Paint([.. places.Select(p => values[p])], InputWidth, InputHeight, range.Low, range.High).Magnify(times);
    }

    private string Refinement => LargestUnrefinedDifference is not { } difference ? "" : string.Create(CultureInfo.InvariantCulture, $", {ComputedCount} computed; the others lie between scores that differ by at most {difference:G2}");

    /// <summary>Which positions were computed.</summary>
    private PixelImage Asked(int[] places) => new(InputWidth, InputHeight, [.. places.SelectMany(p => Enumerable.Repeat(Computed[p] ? (byte)0x40 : (byte)0xE0, 3))]);

    /// <summary>From the smallest to the largest, the unchanged picture's included; from zero where none is negative.</summary>
    private static ValueRange Range(float[] values, float unchanged)
    {
        var range = ValueRange.Of([.. values, unchanged]);
        return range.Low < 0 ? range : range.FromZero();
    }

    private PixelImage Classes(int[] places, IReadOnlyDictionary<int, Rgb> colors)
    {
        byte[] pixels = new byte[places.Length * 3];
        for (int i = 0; i < places.Length; i++)
        {
            Rgb color = colors.TryGetValue(MostProbable[places[i]], out Rgb own) ? own : ClassColors.Others;
            (pixels[i * 3], pixels[i * 3 + 1], pixels[i * 3 + 2]) = (color.R, color.G, color.B);
        }
        return new PixelImage(InputWidth, InputHeight, pixels);
    }

    private LegendEntry[] Legend(IReadOnlyDictionary<int, Rgb> colors)
    {
        string Share(Func<int, bool> which) => (MostProbable.ToArray().Count(which) / (double)MostProbable.Count).ToString("P0", CultureInfo.InvariantCulture);
        int count = MostProbable.ToArray().Distinct().Count();
        var entries = colors.OrderByDescending(c => MostProbable.ToArray().Count(m => m == c.Key)).ThenBy(c => c.Key).Select(c => new LegendEntry(c.Value, $"{MostProbableNames[Array.IndexOf(MostProbable, c.Key)]}: most probable at {Share(m => m == c.Key)} of the positions"));
        return [.. entries, .. count > colors.Count ? [new LegendEntry(ClassColors.Others, $"{count - colors.Count} other{(count - colors.Count == 1 ? "" : "s")}: {Share(m => !colors.ContainsKey(m))}")] : Array.Empty<LegendEntry>()];
    }
}
