using System.Text;
using CnnVis.Engine.Drawing.Fonts;
using SkiaSharp;

namespace CnnVis.Engine.Drawing;

/// <summary>Text in DejaVu Sans, which travels inside the assembly: pictures look alike on machines with other fonts, or none. Letters that it lacks are the machine's, where it has them.</summary>
internal sealed class Lettering : IDisposable
{
    private static readonly Lazy<SKTypeface> _face = new(() =>
    {
        using Stream font = typeof(Lettering).Assembly.GetManifestResourceStream("DejaVuSans.ttf")!;
        return SKTypeface.FromStream(font);
    });

    private readonly Dictionary<(nint Face, int Size), SKFont> _fonts = [];
    private readonly SKPaint _paint = new() { IsAntialias = true, Color = SKColors.Black };

    /// <summary>Width of a line, in pixels.</summary>
    public double Width(string text, TextStyle style) => Runs(text, style).Sum(run => (double)run.Font.MeasureText(run.Text));

    /// <summary>Writes a line at its place.</summary>
    public void Write(Canvas canvas, PlacedText text)
    {
        using var mask = new SKBitmap(new SKImageInfo(Math.Max(1, text.Box.Width), text.Box.Height, SKColorType.Alpha8));
        mask.Erase(SKColors.Transparent);
        using (var pen = new SKCanvas(mask)) Draw(pen, text.Text, 0, text.Style.Baseline, text.Style, _paint);
        canvas.Blend(text.Box, mask.GetPixelSpan(), mask.RowBytes, text.Style.On(canvas.Page));
    }

    /// <summary>Draws a line from a point on.</summary>
    public void Draw(SKCanvas canvas, string text, float left, float baseline, TextStyle style, SKPaint paint)
    {
        foreach (var (run, font) in Runs(text, style))
        {
            canvas.DrawText(run, left, baseline, font, paint);
            left += font.MeasureText(run);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SKFont font in _fonts.Values) font.Dispose();
        _paint.Dispose();
    }

    /// <summary>Parts of a line of one typeface each.</summary>
    private List<(string Text, SKFont Font)> Runs(string text, TextStyle style)
    {
        var runs = new List<(string Text, SKFont Font)>();
        int start = 0, at = 0;
        SKTypeface face = _face.Value;
        foreach (Rune rune in text.EnumerateRunes())
        {
            SKTypeface next = _face.Value.ContainsGlyph(rune.Value) ? _face.Value : SystemFonts.With(rune.Value) ?? _face.Value;
            if (next.Handle != face.Handle)
            {
                if (at > start) runs.Add((text[start..at], Font(face, style)));
                (start, face) = (at, next);
            }
            at += rune.Utf16SequenceLength;
        }
        if (text.Length > start) runs.Add((text[start..], Font(face, style)));
        return runs;
    }

    private SKFont Font(SKTypeface face, TextStyle style)
    {
        if (!_fonts.TryGetValue((face.Handle, style.Size), out SKFont? font))
            _fonts[(face.Handle, style.Size)] = font = new SKFont(face, style.Size) { Edging = SKFontEdging.Antialias, Hinting = SKFontHinting.Slight, Subpixel = true };
        return font;
    }
}
