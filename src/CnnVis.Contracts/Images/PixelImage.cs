namespace CnnVis;

/// <summary>A picture: 8-bit sRGB, rows from the top, three bytes a pixel. Decoded photos and everything the module renders are of this kind.</summary>
public sealed class PixelImage : IVisual
{
    private readonly byte[] _pixels;

    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="pixels">R, G, B of each pixel, row by row: [height, width, 3]. Kept, not copied.</param>
    /// <exception cref="ArgumentException"><paramref name="pixels"/> has another length than width × height × 3.</exception>
    public PixelImage(int width, int height, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.LongLength != (long)width * height * 3)
            throw new ArgumentException($"A {width}x{height} picture needs {(long)width * height * 3} bytes, not {pixels.LongLength}.", nameof(pixels));
        (Width, Height, _pixels) = (width, height, pixels);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>R, G, B of each pixel, row by row: [height, width, 3].</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>The colour at a place.</summary>
    public Rgb this[int x, int y]
    {
        get
        {
            if ((uint)x >= (uint)Width || (uint)y >= (uint)Height) throw new ArgumentOutOfRangeException(nameof(x), $"({x}, {y}) lies outside the {Width}x{Height} picture.");
            int at = (y * Width + x) * 3;
            return new Rgb(_pixels[at], _pixels[at + 1], _pixels[at + 2]);
        }
    }

    /// <summary>Each pixel as a crisp block of <paramref name="factor"/> × <paramref name="factor"/>: nothing is interpolated, because the pixels mean something.</summary>
    public PixelImage Magnify(int factor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        if (factor == 1) return this;
        byte[] target = new byte[checked(Width * factor * Height * factor * 3)];
        int stride = Width * factor * 3;
        for (int y = 0; y < Height; y++)
        {
            Span<byte> row = target.AsSpan(y * factor * stride, stride);
            for (int x = 0; x < Width; x++)
            {
                ReadOnlySpan<byte> pixel = _pixels.AsSpan((y * Width + x) * 3, 3);
                for (int i = 0; i < factor; i++) pixel.CopyTo(row[((x * factor + i) * 3)..]);
            }
            for (int i = 1; i < factor; i++) row.CopyTo(target.AsSpan((y * factor + i) * stride, stride));
        }
        return new PixelImage(Width * factor, Height * factor, target);
    }

    /// <summary>The picture made smaller: each new pixel is the mean of the area that it covers.</summary>
    /// <param name="width">New columns, 1 to <see cref="Width"/>.</param>
    /// <param name="height">New rows, 1 to <see cref="Height"/>.</param>
    public PixelImage Reduce(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, Width);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, Height);
        double across = (double)Width / width, down = (double)Height / height;
        byte[] target = new byte[width * height * 3];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                double top = y * down, bottom = (y + 1) * down, left = x * across, right = (x + 1) * across;
                (double red, double green, double blue) = (0, 0, 0);
                for (int row = (int)top; row < Math.Min(Height, bottom); row++)
                    for (int column = (int)left; column < Math.Min(Width, right); column++)
                    {
                        double part = (Math.Min(bottom, row + 1) - Math.Max(top, row)) * (Math.Min(right, column + 1) - Math.Max(left, column));
                        int at = (row * Width + column) * 3;
                        (red, green, blue) = (red + part * _pixels[at], green + part * _pixels[at + 1], blue + part * _pixels[at + 2]);
                    }
                int to = (y * width + x) * 3;
                (target[to], target[to + 1], target[to + 2]) = (Mean(red), Mean(green), Mean(blue));
            }
        return new PixelImage(width, height, target);

        byte Mean(double sum) => (byte)Math.Clamp(Math.Round(sum / (across * down)), 0, 255);
    }

    /// <summary>A part of the picture.</summary>
    /// <param name="box">Which; it lies in the picture and has pixels.</param>
    public PixelImage Crop(PixelBox box)
    {
        if (box.X < 0 || box.Y < 0 || box.X + box.Width > Width || box.Y + box.Height > Height) throw new ArgumentOutOfRangeException(nameof(box), $"{box} does not lie in the {Width}x{Height} picture.");
        byte[] part = new byte[box.Width * box.Height * 3];
        for (int y = 0; y < box.Height; y++) Pixels.Slice(((box.Y + y) * Width + box.X) * 3, box.Width * 3).CopyTo(part.AsSpan(y * box.Width * 3));
        return new PixelImage(box.Width, box.Height, part);
    }

    /// <inheritdoc/>
    public Sheet Draw(DrawOptions options) => new() { Cells = [new SheetCell(this)], Scale = 1 };

    /// <summary>Size in words, as in <c>640x480</c>.</summary>
    public override string ToString() => $"{Width}x{Height}";
}
