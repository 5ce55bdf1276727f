using System.Runtime.InteropServices;

namespace CnnVis.Engine.Images;

/// <summary>Decoded pixels as they are stored, not yet upright: R, G, B, A of 8-bit sRGB, colours multiplied by alpha, rows without gaps. Outside the managed heap.</summary>
internal sealed unsafe class Raster : IDisposable
{
    private static readonly MemoryBudget _budget = new(1L << 30);
    private byte* _pixels;

    /// <summary>Takes the memory; waits where others hold too much of it.</summary>
    public Raster(int width, int height)
    {
        (Width, Height) = (width, height);
        _budget.Take(Length);
        try
        {
            _pixels = (byte*)NativeMemory.Alloc((nuint)Length);
        }
        catch
        {
            _budget.Return(Length);
            throw;
        }
    }

    /// <summary>Columns as stored.</summary>
    public int Width { get; }

    /// <summary>Rows as stored.</summary>
    public int Height { get; }

    /// <summary>Some pixels may be transparent.</summary>
    public bool HasAlpha { get; init; }

    /// <summary>How the rows and columns lie in the upright photo.</summary>
    public Orientation Orientation { get; init; }

    /// <summary>The first pixel.</summary>
    public byte* Pixels => _pixels;

    private long Length => 4L * Width * Height;

    /// <summary>The upright photo, transparent parts over white.</summary>
    public PixelImage ToImage()
    {
        var (width, height) = Orientation.Turn(Width, Height);
        byte[] upright = GC.AllocateUninitializedArray<byte>(checked(width * height * 3));
        int column = 3, row = 3 * width; // where the next stored column and row lie
        if (Orientation.Transposes) (column, row) = (row, column);
        int start = (Orientation.FlipsColumns ? column * (Width - 1) : 0) + (Orientation.FlipsRows ? row * (Height - 1) : 0);
        if (Orientation.FlipsColumns) column = -column;
        if (Orientation.FlipsRows) row = -row;
        byte* from = _pixels;
        fixed (byte* to = upright)
        {
            for (int v = 0; v < Height; v++)
            {
                byte* pixel = to + start + (nint)v * row;
                for (int u = 0; u < Width; u++, from += 4, pixel += column)
                {
                    int white = 255 - from[3];
                    pixel[0] = (byte)(from[0] + white);
                    pixel[1] = (byte)(from[1] + white);
                    pixel[2] = (byte)(from[2] + white);
                }
            }
        }
        return new PixelImage(width, height, upright);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_pixels is null) return;
        NativeMemory.Free(_pixels);
        _pixels = null;
        _budget.Return(Length);
    }
}
