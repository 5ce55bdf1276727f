using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CnnVis.Engine.Corruptions;

/// <summary>Filters of planes of values.</summary>
internal static class Planes
{
    /// <summary>Where a place beyond the border is taken from.</summary>
    public static int Inside(int at, int count, Border border)
    {
        if ((uint)at < (uint)count || count == 1) return count == 1 ? 0 : at;
        if (border == Border.Nearest) return at < 0 ? 0 : count - 1;
        int period = border == Border.Reflect ? 2 * count : 2 * count - 2, within = ((at % period) + period) % period;
        return within < count ? within : border == Border.Reflect ? period - 1 - within : period - within;
    }

    /// <summary>to += factor × from.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(Span<float> to, ReadOnlySpan<float> from, float factor)
    {
        from = from[..to.Length];
        var factors = new Vector<float>(factor);
        int i = 0;
        ref float target = ref MemoryMarshal.GetReference(to), source = ref MemoryMarshal.GetReference(from);
        for (; i <= to.Length - Vector<float>.Count; i += Vector<float>.Count)
            (Vector.LoadUnsafe(ref target, (nuint)i) + factors * Vector.LoadUnsafe(ref source, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
        for (; i < to.Length; i++) to[i] += factor * from[i];
    }

    /// <summary>Correlation with a kernel of any shape, middle on the pixel, as cv2.filter2D: Σ kernel[v][u] × plane[y + v − middle][x + u − middle].</summary>
    public static float[] Filter(float[] plane, int width, int height, float[][] kernel, Border border)
    {
        int down = kernel.Length / 2, across = kernel[0].Length / 2;
        int wide = width + 2 * across;
        float[] padded = new float[wide * (height + 2 * down)];
        for (int y = -down; y < height + down; y++)
        {
            ReadOnlySpan<float> from = plane.AsSpan(Inside(y, height, border) * width, width);
            Span<float> to = padded.AsSpan((y + down) * wide, wide);
            from.CopyTo(to[across..]);
            for (int x = 0; x < across; x++) (to[x], to[across + width + x]) = (from[Inside(x - across, width, border)], from[Inside(width + x, width, border)]);
        }
        (int At, float Weight)[] taps = [.. kernel.SelectMany((row, v) => row.Select((weight, u) => (v * wide + u, weight))).Where(t => Math.Abs(t.weight) > 1e-12f)];
        float[] result = new float[plane.Length];
        for (int y = 0; y < height; y++)
        {
            Span<float> to = result.AsSpan(y * width, width);
            foreach (var (at, weight) in taps) AddScaled(to, padded.AsSpan(y * wide + at, width), weight);
        }
        return result;
    }

    /// <summary>A Gaussian of skimage.filters.gaussian: out to <paramref name="truncate"/> deviations.</summary>
    public static float[] Gaussian(float[] plane, int width, int height, double deviation, Border border = Border.Nearest, double truncate = 4)
    {
        if (deviation <= 1e-15) return (float[])plane.Clone();
        float[] kernel = GaussianKernel(deviation, (int)(truncate * deviation + 0.5));
        // A wide one meets the mirrored picture again and again: as a matrix each pixel is taken once.
        return kernel.Length > 2 * Math.Min(width, height) ? Columns(Rows(plane, width, height, Folded(kernel, width, border)), width, height, Folded(kernel, height, border))
            : Columns(Rows(plane, width, height, kernel, border), width, height, kernel, border);
    }

    /// <summary>Takes each pixel of a picture from another place, bilinearly.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="from">The place of a pixel: its column, its row, and its number.</param>
    /// <param name="border">What lies beyond.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Warp(CorruptedPicture picture, Func<int, int, int, (double X, double Y)> from, Border border)
    {
        int width = picture.Width, height = picture.Height;
        float[] r = picture.Planes[0], g = picture.Planes[1], b = picture.Planes[2];
        float[] toR = new float[r.Length], toG = new float[r.Length], toB = new float[r.Length];
        for (int y = 0, i = 0; y < height; y++)
            for (int x = 0; x < width; x++, i++)
            {
                var (u, v) = from(x, y, i);
                int left = (int)Math.Floor(u), top = (int)Math.Floor(v);
                float fx = (float)(u - left), fy = (float)(v - top);
                int x0 = Inside(left, width, border), x1 = Inside(left + 1, width, border), y0 = Inside(top, height, border) * width, y1 = Inside(top + 1, height, border) * width;
                float w00 = (1 - fx) * (1 - fy), w10 = fx * (1 - fy), w01 = (1 - fx) * fy, w11 = fx * fy;
                toR[i] = w00 * r[y0 + x0] + w10 * r[y0 + x1] + w01 * r[y1 + x0] + w11 * r[y1 + x1];
                toG[i] = w00 * g[y0 + x0] + w10 * g[y0 + x1] + w01 * g[y1 + x0] + w11 * g[y1 + x1];
                toB[i] = w00 * b[y0 + x0] + w10 * b[y0 + x1] + w01 * b[y1 + x0] + w11 * b[y1 + x1];
            }
        (picture.Planes[0], picture.Planes[1], picture.Planes[2]) = (toR, toG, toB);
    }

    /// <summary>
    /// The middle of a plane magnified to its size, as the authors' clipped_zoom: ⌈side / factor⌉ pixels are cut out, magnified by scipy.ndimage.zoom of first order (whose corners are the
    /// corners' middles), and what is too much at the borders is left out.
    /// </summary>
    public static float[] Zoom(float[] plane, int width, int height, double factor)
    {
        float[] result = new float[plane.Length];
        AddZoomed(result, plane, width, height, factor);
        return result;
    }

    /// <summary>Adds what <see cref="Zoom"/> gives to a sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddZoomed(float[] sum, float[] plane, int width, int height, double factor)
    {
        (int[] columns, float[] across) = ZoomPlaces(width, factor);
        (int[] rows, float[] down) = ZoomPlaces(height, factor);
        float[] line = new float[width + 1]; // beyond the last pixel weighs nothing
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> upper = plane.AsSpan(rows[y] * width, width), lower = plane.AsSpan(Math.Min(rows[y] + 1, height - 1) * width, width);
            line.AsSpan().Clear();
            AddScaled(line.AsSpan(0, width), upper, 1 - down[y]);
            if (down[y] > 0) AddScaled(line.AsSpan(0, width), lower, down[y]);
            Span<float> to = sum.AsSpan(y * width, width);
            for (int x = 0; x < to.Length; x++)
            {
                int at = columns[x];
                to[x] += line[at] + across[x] * (line[at + 1] - line[at]);
            }
        }
    }

    private static (int[] Places, float[] Parts) ZoomPlaces(int side, double factor)
    {
        int cut = (int)Math.Ceiling(side / factor), start = (side - cut) / 2, zoomed = (int)Math.Round(cut * factor), trim = Math.Max(0, (zoomed - side) / 2);
        double step = zoomed > 1 ? (cut - 1.0) / (zoomed - 1) : 0;
        int[] places = new int[side];
        float[] parts = new float[side];
        for (int i = 0; i < side; i++)
        {
            double at = Math.Min(start + cut - 1, start + Math.Min(i + trim, zoomed - 1) * step);
            places[i] = Math.Min((int)at, start + cut - 1);
            parts[i] = places[i] == start + cut - 1 ? 0 : (float)(at - places[i]);
        }
        return (places, parts);
    }

    private static float[] GaussianKernel(double deviation, int radius)
    {
        double[] weights = [.. Enumerable.Range(-radius, 2 * radius + 1).Select(i => Math.Exp(-0.5 * i * i / (deviation * deviation)))];
        double sum = weights.Sum();
        return [.. weights.Select(w => (float)(w / sum))];
    }

    /// <summary>A kernel as a matrix of what each pixel takes of each.</summary>
    private static float[][] Folded(float[] kernel, int count, Border border)
    {
        int radius = kernel.Length / 2;
        double[][] sums = [.. Enumerable.Range(0, count).Select(_ => new double[count])];
        for (int i = 0; i < count; i++)
            for (int k = -radius; k <= radius; k++) sums[i][Inside(i + k, count, border)] += kernel[k + radius];
        return [.. sums.Select(r => r.Select(v => (float)v).ToArray())];
    }

    private static float[] Rows(float[] plane, int width, int height, float[][] matrix)
    {
        float[] result = new float[plane.Length];
        float[][] turned = [.. Enumerable.Range(0, width).Select(j => Enumerable.Range(0, width).Select(i => matrix[i][j]).ToArray())];
        for (int y = 0; y < height; y++)
            for (int j = 0; j < width; j++) AddScaled(result.AsSpan(y * width, width), turned[j], plane[y * width + j]);
        return result;
    }

    private static float[] Columns(float[] plane, int width, int height, float[][] matrix)
    {
        float[] result = new float[plane.Length];
        for (int y = 0; y < height; y++)
            for (int j = 0; j < height; j++) AddScaled(result.AsSpan(y * width, width), plane.AsSpan(j * width, width), matrix[y][j]);
        return result;
    }

    private static float[] Rows(float[] plane, int width, int height, float[] kernel, Border border)
    {
        int radius = kernel.Length / 2;
        float[] result = new float[plane.Length], line = new float[width + 2 * radius];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> from = plane.AsSpan(y * width, width);
            from.CopyTo(line.AsSpan(radius));
            for (int x = 0; x < radius; x++) (line[x], line[radius + width + x]) = (from[Inside(x - radius, width, border)], from[Inside(width + x, width, border)]);
            for (int k = 0; k < kernel.Length; k++) AddScaled(result.AsSpan(y * width, width), line.AsSpan(k, width), kernel[k]);
        }
        return result;
    }

    private static float[] Columns(float[] plane, int width, int height, float[] kernel, Border border)
    {
        int radius = kernel.Length / 2;
        float[] result = new float[plane.Length];
        for (int y = 0; y < height; y++)
            for (int k = 0; k < kernel.Length; k++) AddScaled(result.AsSpan(y * width, width), plane.AsSpan(Inside(y + k - radius, height, border) * width, width), kernel[k]);
        return result;
    }
}
