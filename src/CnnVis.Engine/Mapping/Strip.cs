namespace CnnVis.Engine.Mapping;

/// <summary>Some rows of a picture, white at first. Everything is given in the picture's own places; what lies outside the rows is left out.</summary>
internal sealed class Strip
{
    private readonly byte[] _pixels;

    /// <param name="width">Columns of the picture.</param>
    /// <param name="top">The first row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="memory">Its pixels: at least width × height × 3.</param>
    public Strip(int width, int top, int height, byte[] memory)
    {
        (Width, Top, Height, _pixels) = (width, top, height, memory);
        _pixels.AsSpan(0, checked(width * height * 3)).Fill(0xff);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>The first row in the picture.</summary>
    public int Top { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>R, G, B of each pixel: [height, width, 3].</summary>
    public ReadOnlySpan<byte> Pixels => _pixels.AsSpan(0, Width * Height * 3);

    /// <summary>A picture with its upper left corner at a place.</summary>
    public void Draw(PixelImage image, int left, int top)
    {
        PixelBox box = Clipped(new PixelBox(left, top, image.Width, image.Height));
        for (int y = box.Y; y < box.Y + box.Height; y++)
            image.Pixels.Slice(((y - top) * image.Width + box.X - left) * 3, box.Width * 3).CopyTo(Row(box.X, y, box.Width));
    }

    /// <summary>The outline of a rectangle, inside it.</summary>
    public void Outline(PixelBox box, int thickness, Rgb color)
    {
        int across = Math.Min(thickness, box.Width), down = Math.Min(thickness, box.Height);
        Fill(box with { Height = down }, color, 1);
        Fill(box with { Y = box.Y + box.Height - down, Height = down }, color, 1);
        Fill(box with { Width = across }, color, 1);
        Fill(box with { X = box.X + box.Width - across, Width = across }, color, 1);
    }

    /// <summary>A rectangle of one colour.</summary>
    /// <param name="box">Where.</param>
    /// <param name="color">The colour.</param>
    /// <param name="part">How much of it, in [0, 1].</param>
    public void Fill(PixelBox box, Rgb color, double part)
    {
        box = Clipped(box);
        for (int y = box.Y; y < box.Y + box.Height; y++)
        {
            Span<byte> row = Row(box.X, y, box.Width);
            for (int i = 0; i < row.Length; i += 3) Mix(row.Slice(i, 3), color, part);
        }
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

    /// <summary>A seam along the middle of its room. Where its edge runs through a pixel, the pixel takes the part that is covered, so that ink is proportional to thickness.</summary>
    public void Draw(Seam seam, Rgb color)
    {
        int room = seam.IsVertical ? seam.Room.Width : seam.Room.Height;
        double first = (room - seam.Thickness) / 2, last = first + seam.Thickness;
        for (int i = 0; i < room; i++)
        {
            double covered = Math.Clamp(Math.Min(last, i + 1) - Math.Max(first, i), 0, 1);
            if (covered > 0) Fill(seam.IsVertical ? seam.Room with { X = seam.Room.X + i, Width = 1 } : seam.Room with { Y = seam.Room.Y + i, Height = 1 }, color, covered);
        }
    }

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
