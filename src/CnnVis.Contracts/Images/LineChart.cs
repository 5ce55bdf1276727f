namespace CnnVis;

/// <summary>Draws lines and bands over the unit square, the origin at the lower left.</summary>
internal sealed class LineChart
{
    private const int Margin = 6;

    private readonly int _width, _height;
    private readonly byte[] _pixels;

    public LineChart(int width, int height)
    {
        (_width, _height, _pixels) = (width, height, new byte[width * height * 3]);
        Array.Fill(_pixels, (byte)255);
        for (int i = 0; i <= 5; i++)
        {
            byte shade = (byte)(i == 0 ? 96 : 224);
            for (int x = Margin; x < width - Margin; x++) Blend(x, Row(i / 5.0), new Rgb(shade, shade, shade), 1);
            for (int y = Margin; y < height - Margin; y++) Blend(Column(i / 5.0), y, new Rgb(shade, shade, shade), 1);
        }
    }

    /// <summary>A line with a dot at each point.</summary>
    public void Line(IReadOnlyList<(double X, double Y)> points, Rgb color)
    {
        foreach (var (x, y) in points) Dot(Column(x), Row(y), 3, color);
        Curve(points, color);
    }

    /// <summary>A line through very many points, without dots.</summary>
    public void Curve(IReadOnlyList<(double X, double Y)> points, Rgb color)
    {
        for (int i = 1; i < points.Count; i++)
        {
            (int x0, int x1) = (Column(points[i - 1].X), Column(points[i].X));
            int steps = Math.Max(1, 2 * Math.Max(Math.Abs(x1 - x0), Math.Abs(Row(points[i].Y) - Row(points[i - 1].Y))));
            for (int s = 0; s <= steps; s++)
            {
                double t = (double)s / steps;
                Dot(Column(double.Lerp(points[i - 1].X, points[i].X, t)), Row(double.Lerp(points[i - 1].Y, points[i].Y, t)), 1, color);
            }
        }
    }

    public void Band(IReadOnlyList<(double X, double Y)> lower, IReadOnlyList<(double X, double Y)> upper, Rgb color)
    {
        for (int i = 1; i < lower.Count; i++)
        {
            int from = Column(lower[i - 1].X), to = Column(lower[i].X);
            for (int x = from; x < to; x++)
            {
                double t = (double)(x - from) / (to - from);
                int top = Row(double.Lerp(upper[i - 1].Y, upper[i].Y, t)), bottom = Row(double.Lerp(lower[i - 1].Y, lower[i].Y, t));
                for (int y = top; y <= bottom; y++) Blend(x, y, color, 0.2);
            }
        }
    }

    public PixelImage ToImage() => new(_width, _height, _pixels);

    private int Column(double x) => Margin + (int)Math.Round(Math.Clamp(x, 0, 1) * (_width - 1 - 2 * Margin));

    private int Row(double y) => _height - 1 - Margin - (int)Math.Round(Math.Clamp(y, 0, 1) * (_height - 1 - 2 * Margin));

    private void Dot(int x, int y, int radius, Rgb color)
    {
        for (int dy = -radius; dy <= radius; dy++)
            for (int dx = -radius; dx <= radius; dx++)
                if (dx * dx + dy * dy <= radius * radius) Blend(x + dx, y + dy, color, 1);
    }

    private void Blend(int x, int y, Rgb color, double opacity)
    {
        if ((uint)x >= (uint)_width || (uint)y >= (uint)_height) return;
        Span<byte> pixel = _pixels.AsSpan((y * _width + x) * 3, 3);
        pixel[0] = (byte)double.Lerp(pixel[0], color.R, opacity);
        pixel[1] = (byte)double.Lerp(pixel[1], color.G, opacity);
        pixel[2] = (byte)double.Lerp(pixel[2], color.B, opacity);
    }
}
