using System.Globalization;

namespace CnnVis;

public sealed partial class TsneMap : IVisual
{
    private const int PlotSide = 720, PlotMargin = 12;

    /// <summary>
    /// The points, coloured by label; both axes have one scale, and Y goes up. Of three dimensions the first two; one dimension is a strip.
    /// <see cref="DrawOptions.Magnification"/> is the points' radius in pixels.
    /// </summary>
    /// <exception cref="CnnVisException">A place is not finite (InvalidArgument).</exception>
    public Sheet Draw(DrawOptions options)
    {
        if (Points.Count == 0) throw new CnnVisException(ErrorIds.InvalidArgument, "The map has no points to draw.", this);
        if (Points.ToArray().FirstOrDefault(p => !float.IsFinite(p.X) || !float.IsFinite(p.Y)) is { } lost)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"The place of '{lost.Path}' is ({lost.X}, {lost.Y}), which cannot be drawn.", lost);
        var colors = LabelColors.Of(Points.ToArray().Select(p => p.Label));
        return new Sheet
        {
            Title = "t-SNE",
            Subtitle = string.Create(CultureInfo.InvariantCulture, $"{Points.Count:N0} points, perplexity {Perplexity:G4}, {Iterations:N0} iterations, KL divergence {Divergence:G4}"),
            Cells = [new SheetCell(Plot(colors, options.Magnification, options.Page))],
            Scale = 1,
            Legend = [.. colors.Legend.Select(e => e with { Color = options.Page.Shown(e.Color) })],
            Notes = Dimension > 2 ? ["The first two of its three dimensions."] : [],
        };
    }

    private PixelImage Plot(LabelColors colors, int? radius, PageColors page)
    {
        double size = radius ?? Math.Clamp(60 / Math.Sqrt(Points.Count), 1.5, 5);
        double left = Points.ToArray().Min(p => p.X), bottom = Points.ToArray().Min(p => p.Y), across = Points.ToArray().Max(p => p.X) - left, up = Points.ToArray().Max(p => p.Y) - bottom;
        double scale = Math.Max(across, up) is > 0 and var extent ? (PlotSide - 1) / extent : 0;
        int margin = (int)Math.Ceiling(size) + PlotMargin, width = (int)Math.Round(across * scale) + 1 + 2 * margin, height = (int)Math.Round(up * scale) + 1 + 2 * margin;
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.Length; i += 3) (pixels[i], pixels[i + 1], pixels[i + 2]) = (page.Paper.R, page.Paper.G, page.Paper.B);
        foreach (TsnePoint point in Points) Dot(pixels, width, margin + (point.X - left) * scale, margin + (bottom + up - point.Y) * scale, size, page.Shown(colors[point.Label]));
        return new PixelImage(width, height, pixels);
    }

    /// <summary>A disc with smooth edges; the margin keeps it inside.</summary>
    private static void Dot(byte[] pixels, int width, double x, double y, double radius, Rgb color)
    {
        int reach = (int)Math.Ceiling(radius) + 1;
        for (int row = (int)y - reach; row <= (int)y + reach; row++)
        {
            for (int column = (int)x - reach; column <= (int)x + reach; column++)
            {
                double part = Math.Clamp(radius + 0.5 - Math.Sqrt((column - x) * (column - x) + (row - y) * (row - y)), 0, 1);
                Span<byte> pixel = pixels.AsSpan((row * width + column) * 3, 3);
                (pixel[0], pixel[1], pixel[2]) = (Mix(pixel[0], color.R, part), Mix(pixel[1], color.G, part), Mix(pixel[2], color.B, part));
            }
        }
    }

    private static byte Mix(byte below, byte above, double part) => (byte)(below + part * (above - below) + 0.5);
}
