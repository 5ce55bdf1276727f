using SkiaSharp;

namespace CnnVis.Engine.Drawing;

/// <summary>Text in DejaVu Sans, which travels inside the assembly: pictures look alike on machines with other fonts, or none.</summary>
internal sealed class Lettering : IDisposable
{
    private static readonly Lazy<SKTypeface> _face = new(() =>
    {
        using Stream font = typeof(Lettering).Assembly.GetManifestResourceStream("DejaVuSans.ttf")!;
        return SKTypeface.FromStream(font);
    });

    private readonly Dictionary<int, SKFont> _fonts = [];
    private readonly SKPaint _paint = new() { IsAntialias = true, Color = SKColors.Black };

    /// <summary>Width of a line, in pixels.</summary>
    public double Width(string text, TextStyle style) => Font(style).MeasureText(text);

    /// <summary>Writes a line at its place.</summary>
    public void Write(Canvas canvas, PlacedText text)
    {
        using var mask = new SKBitmap(new SKImageInfo(Math.Max(1, text.Box.Width), text.Box.Height, SKColorType.Alpha8));
        mask.Erase(SKColors.Transparent);
        using (var pen = new SKCanvas(mask)) pen.DrawText(text.Text, 0, text.Style.Baseline, Font(text.Style), _paint);
        canvas.Blend(text.Box, mask.GetPixelSpan(), mask.RowBytes, text.Style.Color);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SKFont font in _fonts.Values) font.Dispose();
        _paint.Dispose();
    }

    internal SKFont Font(TextStyle style)
    {
        if (!_fonts.TryGetValue(style.Size, out SKFont? font))
            _fonts[style.Size] = font = new SKFont(_face.Value, style.Size) { Edging = SKFontEdging.Antialias, Hinting = SKFontHinting.Slight, Subpixel = true };
        return font;
    }
}
