namespace CnnVis.Engine.Drawing;

/// <summary>A white page of pixels that pictures, rectangles and letters are put on. Everything put on it lies inside it.</summary>
internal sealed class Canvas
{
    private readonly byte[] _pixels; // [height, width, 3]

    public Canvas(int width, int height)
    {
        (Width, Height, _pixels) = (width, height, new byte[checked(width * height * 3)]);
        _pixels.AsSpan().Fill(0xff);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>A rectangle of one colour.</summary>
    public void Fill(PixelBox box, Rgb color)
    {
        for (int y = box.Y; y < box.Y + box.Height; y++)
        {
            Span<byte> row = Row(box.X, y, box.Width);
            for (int i = 0; i < row.Length; i += 3) (row[i], row[i + 1], row[i + 2]) = (color.R, color.G, color.B);
        }
    }

    /// <summary>The outline of a rectangle, inside it.</summary>
    public void Outline(PixelBox box, int thickness, Rgb color)
    {
        int across = Math.Min(thickness, box.Width), down = Math.Min(thickness, box.Height);
        Fill(box with { Height = down }, color);
        Fill(box with { Y = box.Y + box.Height - down, Height = down }, color);
        Fill(box with { Width = across }, color);
        Fill(box with { X = box.X + box.Width - across, Width = across }, color);
    }

    /// <summary>A picture, each pixel as a crisp block.</summary>
    public void Draw(PixelImage image, int left, int top, int scale)
    {
        PixelImage wide = image.Magnify(scale);
        for (int y = 0; y < wide.Height; y++) wide.Pixels.Slice(y * wide.Width * 3, wide.Width * 3).CopyTo(Row(left, top + y, wide.Width));
    }

    /// <summary>One colour through a mask.</summary>
    /// <param name="box">Where.</param>
    /// <param name="mask">How much of the colour each pixel takes, 0 to 255.</param>
    /// <param name="stride">Bytes from one row of the mask to the next.</param>
    /// <param name="color">The colour.</param>
    public void Blend(PixelBox box, ReadOnlySpan<byte> mask, int stride, Rgb color)
    {
        for (int y = 0; y < box.Height; y++)
        {
            Span<byte> row = Row(box.X, box.Y + y, box.Width);
            for (int x = 0; x < box.Width; x++)
            {
                int part = mask[y * stride + x];
                Span<byte> pixel = row.Slice(x * 3, 3);
                (pixel[0], pixel[1], pixel[2]) = (Mix(pixel[0], color.R, part), Mix(pixel[1], color.G, part), Mix(pixel[2], color.B, part));
            }
        }
    }

    /// <summary>The page as a picture; it shares the canvas's memory.</summary>
    public PixelImage ToImage() => new(Width, Height, _pixels);

    private static byte Mix(int below, int above, int part) => (byte)((below * (255 - part) + above * part + 127) / 255);

    private Span<byte> Row(int x, int y, int width) => _pixels.AsSpan((y * Width + x) * 3, width * 3);
}
