namespace CnnVis.Engine.Drawing;

/// <summary>Rows of a picture, empty at first, that pictures, shapes and letters are put on: all rows, or a strip of them. Places are the whole picture's; what lies outside the rows is left out.</summary>
internal sealed class Canvas
{
    private readonly byte[] _pixels; // [height, width, 3]

    /// <summary>A whole picture.</summary>
    public Canvas(int width, int height, PageColors page) : this(width, 0, height, page, new byte[checked(width * height * 3)])
    {
    }

    /// <summary>A strip of one.</summary>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="top">The first row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="page">Its colours.</param>
    /// <param name="memory">Its pixels: at least width × height × 3.</param>
    public Canvas(int width, int top, int height, PageColors page, byte[] memory)
    {
        (Width, Top, Height, Page, _pixels) = (width, top, height, page, memory);
        Span<byte> pixels = _pixels.AsSpan(0, checked(width * height * 3));
        for (int i = 0; i < pixels.Length; i += 3) (pixels[i], pixels[i + 1], pixels[i + 2]) = (page.Paper.R, page.Paper.G, page.Paper.B);
    }

    /// <summary>The page's colours.</summary>
    public PageColors Page { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>The first row in the picture.</summary>
    public int Top { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>R, G, B of each pixel: [height, width, 3].</summary>
    public ReadOnlySpan<byte> Pixels => _pixels.AsSpan(0, Width * Height * 3);

    /// <summary>A rectangle of one colour.</summary>
    /// <param name="box">Where.</param>
    /// <param name="color">The colour.</param>
    /// <param name="part">How much of it, in [0, 1].</param>
    public void Fill(PixelBox box, Rgb color, double part = 1)
    {
        box = Clipped(box);
        for (int y = box.Y; y < box.Y + box.Height; y++)
        {
            Span<byte> row = Row(box.X, y, box.Width);
            for (int i = 0; i < row.Length; i += 3) Mix(row.Slice(i, 3), color, part);
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

    /// <summary>A picture with its upper left corner at a place, each pixel as a crisp block.</summary>
    public void Draw(PixelImage image, int left, int top, int scale = 1)
    {
        PixelImage wide = image.Magnify(scale);
        PixelBox box = Clipped(new PixelBox(left, top, wide.Width, wide.Height));
        for (int y = box.Y; y < box.Y + box.Height; y++)
            wide.Pixels.Slice(((y - top) * wide.Width + box.X - left) * 3, box.Width * 3).CopyTo(Row(box.X, y, box.Width));
    }

    /// <summary>A disc with smooth edges.</summary>
    public void Disc(double x, double y, double radius, Rgb color)
    {
        int reach = (int)Math.Ceiling(radius) + 1;
        PixelBox box = Clipped(new PixelBox((int)x - reach, (int)y - reach, 2 * reach + 1, 2 * reach + 1));
        for (int row = box.Y; row < box.Y + box.Height; row++)
            for (int column = box.X; column < box.X + box.Width; column++)
                Mix(Row(column, row, 1), color, Math.Clamp(radius + 0.5 - Math.Sqrt((column + 0.5 - x) * (column + 0.5 - x) + (row + 0.5 - y) * (row + 0.5 - y)), 0, 1));
    }

    /// <summary>One colour through a mask.</summary>
    /// <param name="box">Where; inside the rows.</param>
    /// <param name="mask">How much of the colour each pixel takes, 0 to 255.</param>
    /// <param name="stride">Bytes from one row of the mask to the next.</param>
    /// <param name="color">The colour.</param>
    public void Blend(PixelBox box, ReadOnlySpan<byte> mask, int stride, Rgb color)
    {
        for (int y = 0; y < box.Height; y++)
        {
            Span<byte> row = Row(box.X, box.Y + y, box.Width);
            for (int x = 0; x < box.Width; x++) Mix(row.Slice(x * 3, 3), color, mask[y * stride + x] / 255.0);
        }
    }

    /// <summary>The rows as a picture; it shares the canvas's memory.</summary>
    public PixelImage ToImage() => new(Width, Height, _pixels);

    private PixelBox Clipped(PixelBox box)
    {
        int left = Math.Clamp(box.X, 0, Width), top = Math.Clamp(box.Y, Top, Top + Height);
        return new PixelBox(left, top, Math.Clamp(box.X + box.Width, left, Width) - left, Math.Clamp(box.Y + box.Height, top, Top + Height) - top);
    }

    private static void Mix(Span<byte> pixel, Rgb color, double part) =>
        (pixel[0], pixel[1], pixel[2]) = (Mixed(pixel[0], color.R, part), Mixed(pixel[1], color.G, part), Mixed(pixel[2], color.B, part));

    private static byte Mixed(byte below, byte above, double part) => (byte)(below + part * (above - below) + 0.5);

    private Span<byte> Row(int x, int y, int width) => _pixels.AsSpan(((y - Top) * Width + x) * 3, width * 3);
}
