using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace CnnVis.Engine.Images;

/// <summary>
/// Separable resampling from bytes, or floats, to float planes. Rows first, since every byte of a row weighs the same and vectors take them as they come; then
/// columns, one pixel a vector. Sums run in one order on every machine, so values do not depend on how wide its vectors are.
/// </summary>
internal static unsafe class Resampler
{
    /// <summary>Writes values in [0, 1]; grey as luma (Rec. 601 weights), transparent parts over white unless opacity is a channel of its own.</summary>
    public static void Resample(PixelRows source, Taps rows, Taps columns, PlaneWindow window, Span<float> destination)
    {
        var (first, end) = columns.Range();
        int length = (end - first) * source.Components;
        float[] buffer = ArrayPool<float>.Shared.Rent(length + 1); // the last pixel of three is loaded as four
        try
        {
            fixed (float* line = buffer)
            {
                for (int y = 0; y < rows.Count; y++)
                {
                    if (source.IsFloat) BlendFloats(source, first, rows.Starts[y], rows.Weights(y), line, length);
                    else Blend(source, first, rows.Starts[y], rows.Weights(y), line, length);
                    for (int x = 0; x < columns.Count; x++)
                    {
                        Vector128<float> pixel = Sum(line + (columns.Starts[x] - first) * source.Components, source.Components, columns.Weights(x));
                        int at = window.Start + x * window.Column + y * window.Row;
                        if (window.HasOpacity) pixel = Opacity(pixel, source.HasAlpha, destination, window, at);
                        else if (source.HasAlpha) pixel += Vector128.Create(255 - pixel[3]);
                        Write(pixel, destination, window, at);
                    }
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    private static void Blend(PixelRows source, int column, int row, ReadOnlySpan<float> weights, float* line, int length)
    {
        byte* start = source.At(row, column);
        nint stride = (nint)source.Width * source.Components;
        int i = 0, quarter = Vector<float>.Count;
        for (; i <= length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector<float> a = default, b = default, c = default, d = default;
            byte* from = start + i;
            foreach (float weight in weights)
            {
                Vector.Widen(Vector.Load(from), out Vector<ushort> low, out Vector<ushort> high);
                Vector.Widen(low, out Vector<uint> first, out Vector<uint> second);
                Vector.Widen(high, out Vector<uint> third, out Vector<uint> fourth);
                var factor = new Vector<float>(weight);
                a += Vector.ConvertToSingle(Vector.AsVectorInt32(first)) * factor;
                b += Vector.ConvertToSingle(Vector.AsVectorInt32(second)) * factor;
                c += Vector.ConvertToSingle(Vector.AsVectorInt32(third)) * factor;
                d += Vector.ConvertToSingle(Vector.AsVectorInt32(fourth)) * factor;
                from += stride;
            }
            a.Store(line + i);
            b.Store(line + i + quarter);
            c.Store(line + i + 2 * quarter);
            d.Store(line + i + 3 * quarter);
        }
        for (; i < length; i++)
        {
            float sum = 0;
            byte* from = start + i;
            foreach (float weight in weights)
            {
                sum += *from * weight;
                from += stride;
            }
            line[i] = sum;
        }
    }

    /// <summary>The same of floats in [0, 1], in units of bytes, as everything after it counts.</summary>
    private static void BlendFloats(PixelRows source, int column, int row, ReadOnlySpan<float> weights, float* line, int length)
    {
        float* start = (float*)source.At(row, column);
        nint stride = (nint)source.Width * source.Components;
        var sums = new Span<float>(line, length);
        sums.Clear();
        foreach (float weight in weights)
        {
            float factor = weight * byte.MaxValue;
            int i = 0;
            for (; i <= length - Vector<float>.Count; i += Vector<float>.Count) (Vector.Load(line + i) + Vector.Load(start + i) * new Vector<float>(factor)).Store(line + i);
            for (; i < length; i++) line[i] += start[i] * factor;
            start += stride;
        }
    }

    private static Vector128<float> Sum(float* pixels, int step, ReadOnlySpan<float> weights)
    {
        Vector128<float> sum = default;
        foreach (float weight in weights)
        {
            sum += Vector128.Load(pixels) * weight;
            pixels += step;
        }
        return sum;
    }

    /// <summary>Writes the opacity as the last channel, and gives the colour by itself: black where nothing is to be seen.</summary>
    private static Vector128<float> Opacity(Vector128<float> pixel, bool hasAlpha, Span<float> destination, PlaneWindow window, int at)
    {
        float alpha = hasAlpha ? Math.Min(pixel[3], 255) : 255;
        destination[at + (window.Channels - 1) * window.Plane] = alpha / 255;
        return alpha > 0 ? pixel * (255 / alpha) : Vector128<float>.Zero;
    }

    private static void Write(Vector128<float> pixel, Span<float> destination, PlaneWindow window, int at)
    {
        if (window.Channels <= 2)
        {
            // Whole numbers up to the division: grey keeps its exact value.
            float luma = 299 * pixel[0] + 587 * pixel[1] + 114 * pixel[2];
            destination[at] = Math.Clamp(luma / 255_000, 0, 1);
            return;
        }
        Vector128<float> value = Vector128.Max(Vector128.Min(pixel / 255, Vector128<float>.One), Vector128<float>.Zero); // weights add up to 1 but for rounding, and so does what a part over white is made of
        destination[at] = value[0];
        destination[at + window.Plane] = value[1];
        destination[at + 2 * window.Plane] = value[2];
    }
}
