namespace CnnVis;

public sealed partial class SaliencyMap : IVisual
{
    private const double Opacity = 0.6, Percentile = 99.5;

    /// <summary>
    /// The map over the photo, where it is interpolated, and beside it as it is; before them the photo, and the map's own colours where they mean
    /// something. Few values at the upper end would leave the rest dark, so colours end at the 99.5th percentile; the note says where that is.
    /// </summary>
    public Sheet Draw(DrawOptions options)
    {
        float[] map = Map();
        bool signed = map.Any(v => v < 0);
        ColorMap colors = options.ColorMap ?? (signed ? ColorMap.Aurora : ColorMap.Ember);
        ValueRange range = Shown(map, signed || colors.IsDiverging);
        PixelImage photo = Photo;
        PixelBox[]? boxes = InputBox is { } box ? [OnPhoto(box, photo)] : null;
        UnitGrid places = Places.Scaled((double)photo.Width / InputWidth, (double)photo.Height / InputHeight);
        PixelImage wide = colors.Paint(Nearest(map, places, photo), photo.Width, photo.Height, range.Low, range.High);
        return new Sheet
        {
            Title = $"{Target} in {System.IO.Path.GetFileName(Path)}",
            Subtitle = FormattableString.Invariant($"{Method} of {Model}{(TargetLayer is null ? "" : $" at {TargetLayer}")}, {(ScoreKind is null ? "activation" : ScoreKind == ClassScore.Logit ? "logit" : "probability")} {Score:G4}"),
            Cells =
            [
                new SheetCell(photo, "photo", boxes),
                new SheetCell(Overlay.Blend(photo, map, places, colors, range.Low, range.High, Opacity), "map over photo", boxes),
                new SheetCell(wide, $"map, {Height} × {Width}"),
                .. IsPicture ? [new SheetCell(Enlarged(ToImage(), photo), "in colour")] : Array.Empty<SheetCell>(),
            ],
            Columns = options.Columns ?? (IsPicture ? 4 : 3),
            Scale = options.Magnification ?? 1,
            ColorBar = new ColorBar(colors, range.Low, range.High, Channels > 1 ? $"{ReductionLabel} over the colours" : "map"),
            Notes = [Note(map)],
        };
    }

    /// <summary>The map as a picture, as the papers show DeconvNet and guided backpropagation: grey where zero, and each colour's share above or below it, the 99.5th percentile of the magnitudes at the end.</summary>
    public PixelImage ToImage() => SignedPicture.Of(Values, Channels, Height, Width, new PixelBox(0, 0, Width, Height));

    private string ReductionLabel => Reduction switch { SaliencyReduction.Maximum => "largest magnitude", SaliencyReduction.Norm => "norm", var r => r.ToString().ToLowerInvariant() };

    private static ValueRange Shown(float[] map, bool signed)
    {
        double end = Quantile(signed ? [.. map.Select(Math.Abs)] : map, Percentile);
        double low = ValueRange.Of(map).Low;
        return signed ? new ValueRange(-end, end) : new ValueRange(low < end / 10 ? 0 : low, end);
    }

    private string Note(float[] map)
    {
        ValueRange all = ValueRange.Of(map);
        string note = FormattableString.Invariant($"Values run from {all.Low:G3} to {all.High:G3}; colours end at the {Percentile}th percentile.");
        return ConvergenceDelta is { } delta ? FormattableString.Invariant($"{note} Convergence delta {delta:G2}.") : note;
    }

    private static double Quantile(float[] values, double percent)
    {
        float[] sorted = [.. values.Where(float.IsFinite).Order()];
        return sorted.Length == 0 ? 0 : sorted[(int)Math.Min(sorted.Length - 1, Math.Ceiling(percent / 100 * sorted.Length))];
    }

    private static float[] Nearest(float[] map, UnitGrid places, PixelImage photo)
    {
        float[] wide = new float[photo.Width * photo.Height];
        for (int y = 0; y < photo.Height; y++)
            for (int x = 0; x < photo.Width; x++) wide[y * photo.Width + x] = map[places.Nearest(x + 0.5, y + 0.5)];
        return wide;
    }

    private static PixelImage Enlarged(PixelImage image, PixelImage photo) => image.Magnify(Math.Max(1, photo.Width / image.Width));

    private PixelBox OnPhoto(PixelBox box, PixelImage photo)
    {
        int times = photo.Width / InputWidth;
        return new PixelBox(box.X * times, box.Y * times, box.Width * times, box.Height * times);
    }
}
