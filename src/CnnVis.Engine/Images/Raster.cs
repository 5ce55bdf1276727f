using System.Runtime.InteropServices;
using SkiaSharp;

namespace CnnVis.Engine.Images;

/// <summary>Decoded pixels as they are stored, not yet upright: R, G, B, A of sRGB, of 8 bits or float in [0, 1], colours multiplied by alpha, rows without gaps. Outside the managed heap.</summary>
internal sealed unsafe class Raster : IDisposable
{
    private static readonly MemoryBudget _budget = new(1L << 30);
    private byte* _pixels;

    /// <summary>Takes the memory; waits where others hold too much of it.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="isFloat">Keep more than 8 bits.</param>
    public Raster(int width, int height, bool isFloat = false)
    {
        (Width, Height, IsFloat) = (width, height, isFloat);
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

    /// <summary>Values are float, not bytes.</summary>
    public bool IsFloat { get; }

    /// <summary>Some pixels may be transparent.</summary>
    public bool HasAlpha { get; init; }

    /// <summary>How the rows and columns lie in the upright photo.</summary>
    public Orientation Orientation { get; init; }

    /// <summary>The first pixel.</summary>
    public byte* Pixels => _pixels;

    /// <summary>The pixels for resampling, while this lives.</summary>
    public PixelRows Rows => new((nint)_pixels, Width, 4, HasAlpha, IsFloat);

    private long Length => (IsFloat ? 16L : 4L) * Width * Height;

    /// <summary>Writes pixels from a place on.</summary>
    /// <param name="x">Column of the first.</param>
    /// <param name="y">Row.</param>
    /// <param name="values">In [0, 1], pixel by pixel.</param>
    /// <param name="channels">1 for grey, 2 for grey and opacity, 3 for R, G, B, 4 for R, G, B and opacity.</param>
    /// <param name="isMultiplied">Colours are multiplied by the opacity already.</param>
    public void Write(int x, int y, ReadOnlySpan<float> values, int channels, bool isMultiplied = false)
    {
        long at = 4 * ((long)y * Width + x);
        for (int i = 0; i < values.Length; i += channels, at += 4)
        {
            float alpha = channels is 2 or 4 ? values[i + channels - 1] : 1, factor = isMultiplied ? 1 : alpha;
            for (int c = 0; c < 3; c++) Set(at + c, Math.Min(values[channels <= 2 ? i : i + c] * factor, alpha)); // never more colour than opacity
            Set(at + 3, alpha);
        }
    }

    /// <summary>Converts the colours to sRGB.</summary>
    /// <param name="space">What they are.</param>
    public void ConvertFrom(SKColorSpace space)
    {
        SKColorType type = IsFloat ? SKColorType.RgbaF32 : SKColorType.Rgba8888;
        var info = new SKImageInfo(Width, 1, type, HasAlpha ? SKAlphaType.Premul : SKAlphaType.Opaque, space);
        int bytes = info.RowBytes;
        byte[] row = new byte[bytes];
        fixed (byte* converted = row)
        {
            for (int y = 0; y < Height; y++)
            {
                byte* stored = _pixels + (long)y * bytes;
                using var pixels = new SKPixmap(info, (nint)stored);
                if (!pixels.ReadPixels(info.WithColorSpace(SKColorSpace.CreateSrgb()), (nint)converted, bytes, 0, 0)) return; // a space that Skia cannot convert is taken for sRGB
                row.CopyTo(new Span<byte>(stored, bytes));
            }
        }
        if (!IsFloat) return;
        // What sRGB cannot show lies outside [0, 1].
        for (long i = 0; i < 4L * Width * Height; i++) ((float*)_pixels)[i] = Math.Clamp(((float*)_pixels)[i], 0, 1);
    }

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
        float* real = (float*)_pixels;
        fixed (byte* to = upright)
        {
            for (int v = 0; v < Height; v++)
            {
                byte* pixel = to + start + (nint)v * row;
                for (int u = 0; u < Width; u++, from += 4, real += 4, pixel += column)
                {
                    if (IsFloat)
                    {
                        for (int c = 0; c < 3; c++) pixel[c] = Byte(real[c] + 1 - real[3]);
                        continue;
                    }
                    int white = 255 - from[3];
                    pixel[0] = (byte)Math.Min(from[0] + white, 255);
                    pixel[1] = (byte)Math.Min(from[1] + white, 255);
                    pixel[2] = (byte)Math.Min(from[2] + white, 255);
                }
            }
        }
        return new PixelImage(width, height, upright);
    }

    private static byte Byte(float value) => (byte)(Math.Min(value, 1) * 255 + 0.5f);

    private void Set(long at, float value)
    {
        if (IsFloat) ((float*)_pixels)[at] = value;
        else _pixels[at] = Byte(value);
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
