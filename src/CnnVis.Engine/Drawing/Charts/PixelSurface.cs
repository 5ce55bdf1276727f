using SkiaSharp;

namespace CnnVis.Engine.Drawing.Charts;

/// <summary>Charts in pixels, with smooth edges.</summary>
internal sealed class PixelSurface : IChartSurface, IDisposable
{
    private readonly SKBitmap _bitmap;
    private readonly SKCanvas _canvas;
    private readonly Lettering _lettering;

    public PixelSurface(int width, int height, PageColors page, Lettering lettering)
    {
        _bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        _canvas = new SKCanvas(_bitmap);
        Page = page;
        _canvas.Clear(new SKColor(page.Paper.R, page.Paper.G, page.Paper.B));
        _lettering = lettering;
    }

    /// <inheritdoc/>
    public PageColors Page { get; }

    /// <summary>What was drawn.</summary>
    public PixelImage ToImage()
    {
        _canvas.Flush();
        ReadOnlySpan<byte> from = _bitmap.GetPixelSpan();
        byte[] pixels = new byte[_bitmap.Width * _bitmap.Height * 3];
        for (int i = 0; i < pixels.Length / 3; i++) from.Slice(4 * i, 3).CopyTo(pixels.AsSpan(3 * i));
        return new PixelImage(_bitmap.Width, _bitmap.Height, pixels);
    }

    /// <inheritdoc/>
    public void Rectangle(double left, double top, double width, double height, Rgb color)
    {
        using SKPaint paint = Paint(color);
        _canvas.DrawRect((float)left, (float)top, (float)width, (float)height, paint);
    }

    /// <inheritdoc/>
    public void Area(IReadOnlyList<(double X, double Y)> points, Rgb color, double opacity)
    {
        using SKPaint paint = Paint(color, opacity);
        using SKPath path = Path(points);
        path.Close();
        _canvas.DrawPath(path, paint);
    }

    /// <inheritdoc/>
    public void Line(IReadOnlyList<(double X, double Y)> points, double thickness, Rgb color, bool isDashed)
    {
        using SKPaint paint = Paint(color);
        (paint.IsStroke, paint.StrokeWidth, paint.StrokeJoin) = (true, (float)thickness, SKStrokeJoin.Round);
        using SKPathEffect? dash = isDashed ? SKPathEffect.CreateDash([5, 4], 0) : null;
        paint.PathEffect = dash;
        // Thin upright and level lines stand on the middle of pixels, so that they are not blurred.
        using SKPath path = Path(thickness == 1 ? [.. points.Select(p => (Math.Floor(p.X) + 0.5, Math.Floor(p.Y) + 0.5))] : points);
        _canvas.DrawPath(path, paint);
    }

    /// <inheritdoc/>
    public void Dot(double x, double y, double radius, Rgb color, bool isOpen)
    {
        using SKPaint paint = Paint(color);
        (paint.IsStroke, paint.StrokeWidth) = (isOpen, 1.6f);
        _canvas.DrawCircle((float)x, (float)y, (float)radius, paint);
    }

    /// <inheritdoc/>
    public void Text(string text, TextStyle style, double x, double baseline, TextAnchor anchor, bool isUpright = false)
    {
        using SKPaint paint = Paint(style.On(Page));
        float shift = (float)(_lettering.Width(text, style) * (anchor switch { TextAnchor.Start => 0, TextAnchor.Middle => 0.5, _ => 1 }));
        _canvas.Save();
        _canvas.Translate((float)x, (float)baseline);
        if (isUpright) _canvas.RotateDegrees(-90);
        _lettering.Draw(_canvas, text, -shift, 0, style, paint);
        _canvas.Restore();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _canvas.Dispose();
        _bitmap.Dispose();
    }

    private static SKPaint Paint(Rgb color, double opacity = 1) => new() { IsAntialias = true, Color = new SKColor(color.R, color.G, color.B, (byte)Math.Round(255 * opacity)) };

    private static SKPath Path(IReadOnlyList<(double X, double Y)> points)
    {
        var path = new SKPath();
        path.AddPoly([.. points.Select(p => new SKPoint((float)p.X, (float)p.Y))], close: false);
        return path;
    }
}
