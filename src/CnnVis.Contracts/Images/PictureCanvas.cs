namespace CnnVis;

/// <summary>Smooth lines and discs on a picture. Places are continuous: (0, 0) is the upper left corner.</summary>
internal sealed class PictureCanvas
{
    private readonly byte[] _pixels;
    private readonly int _width, _height;

    /// <summary>An empty one, of the page's colour.</summary>
    public PictureCanvas(int width, int height, PageColors page)
    {
        (_width, _height, _pixels) = (width, height, new byte[checked(width * height * 3)]);
        for (int i = 0; i < _pixels.Length; i += 3) (_pixels[i], _pixels[i + 1], _pixels[i + 2]) = (page.Paper.R, page.Paper.G, page.Paper.B);
    }

    /// <summary>Puts a picture onto it, which has to fit.</summary>
    public void Draw(PixelImage image, int left, int top)
    {
        for (int y = 0; y < image.Height; y++) image.Pixels.Slice(y * image.Width * 3, image.Width * 3).CopyTo(_pixels.AsSpan(((top + y) * _width + left) * 3));
    }

    /// <summary>A straight line with round ends.</summary>
    public void Line(double x0, double y0, double x1, double y1, double thickness, Rgb color, double opacity = 1)
    {
        double dx = x1 - x0, dy = y1 - y0, square = dx * dx + dy * dy, reach = thickness / 2 + 1;
        Cover(Math.Min(x0, x1) - reach, Math.Min(y0, y1) - reach, Math.Max(x0, x1) + reach, Math.Max(y0, y1) + reach, color, (x, y) =>
        {
            double along = square > 0 ? Math.Clamp(((x - x0) * dx + (y - y0) * dy) / square, 0, 1) : 0, offX = x - x0 - along * dx, offY = y - y0 - along * dy;
            return opacity * Math.Clamp(thickness / 2 + 0.5 - Math.Sqrt(offX * offX + offY * offY), 0, 1);
        });
    }

    /// <summary>A filled circle.</summary>
    public void Disc(double x, double y, double radius, Rgb color) => Line(x, y, x, y, 2 * radius, color);

    /// <summary>What was drawn; the canvas is not used afterwards.</summary>
    public PixelImage ToImage() => new(_width, _height, _pixels);

    private void Cover(double left, double top, double right, double bottom, Rgb color, Func<double, double, double> opacity)
    {
        int x0 = Math.Max(0, (int)Math.Floor(left)), y0 = Math.Max(0, (int)Math.Floor(top)), x1 = Math.Min(_width - 1, (int)Math.Ceiling(right)), y1 = Math.Min(_height - 1, (int)Math.Ceiling(bottom));
        for (int y = y0; y <= y1; y++)
            for (int x = x0; x <= x1; x++)
            {
                double part = opacity(x + 0.5, y + 0.5);
                if (part <= 0) continue;
                Span<byte> pixel = _pixels.AsSpan((y * _width + x) * 3, 3);
                pixel[0] = (byte)(pixel[0] + part * (color.R - pixel[0]) + 0.5);
                pixel[1] = (byte)(pixel[1] + part * (color.G - pixel[1]) + 0.5);
                pixel[2] = (byte)(pixel[2] + part * (color.B - pixel[2]) + 0.5);
            }
    }
}
