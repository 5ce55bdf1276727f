using CnnVis.Engine.Embedding;
using CnnVis.Engine.Images;

namespace CnnVis.Engine.Attribution.Saliency.Localization;

/// <summary>
/// Where the object is, from a saliency map (Simonyan, Vedaldi and Zisserman 2013, section 3.2). What lies above the map's 95% quantile is the object's, what
/// lies below its 30% quantile is background's. Without segmentation, the box holds what is nearer the former's level than the latter's, of the map blurred by a
/// 32nd of the side, but for stray parts smaller than a tenth of the largest. With it, colour models of both and a cut along edges (Boykov and Jolly 2001) decide on every pixel, and the box holds the
/// largest part; colour histograms stand for the paper's Gaussian mixtures, on a grid of at most 96 pixels a side.
/// </summary>
public static class ObjectLocator
{
    private const double Foreground = 0.95, Background = 0.3, Smoothness = 10;
    private const int LongestGrid = 96;

    /// <summary>The box, in pixels of the network's input; null where the map is the same everywhere.</summary>
    /// <param name="map">[height, width], large where the object is.</param>
    /// <param name="grid">Where its places lie, in pixels of the network's input.</param>
    /// <param name="pixels">The network's input, [C, H, W] in [0, 1].</param>
    /// <param name="input">Its shape.</param>
    /// <param name="segment">Whether colours decide, by a cut.</param>
    /// <param name="cancellation">Ends it.</param>
    public static PixelBox? Locate(float[] map, UnitGrid grid, ReadOnlySpan<float> pixels, CnnInput input, bool segment, CancellationToken cancellation)
    {
        float[] magnitudes = [.. map.Select(Math.Abs)];
        if (!magnitudes.All(float.IsFinite) || magnitudes.Max() <= magnitudes.Min()) return null;
        float[] wide = Overlay.Magnify(magnitudes, grid, input.Width, input.Height);
        if (segment && Segmented(wide, pixels, input, cancellation) is { } box) return box;

        var plane = input with { Channels = 1 };
        float[] smooth = GaussianBlur.Of(wide, plane, Math.Max(input.Height, input.Width) / 32.0);
        float least = (Quantile(smooth, Foreground) + Quantile(smooth, Background)) / 2;
        var regions = Regions.Of([.. smooth.Select(v => v >= least)], input.Width);
        return Regions.Box(regions.Where(r => r.Length * 10 >= regions[0].Length).SelectMany(r => r), input.Width);
    }

    private static PixelBox? Segmented(float[] map, ReadOnlySpan<float> pixels, CnnInput input, CancellationToken cancellation)
    {
        int step = (Math.Max(input.Height, input.Width) + LongestGrid - 1) / LongestGrid, height = (input.Height + step - 1) / step, width = (input.Width + step - 1) / step;
        float[][] cells = new float[height * width][];
        float[] salient = new float[cells.Length];
        int plane = input.Height * input.Width;
        for (int i = 0; i < cells.Length; i++)
        {
            var area = new PixelBox(i % width * step, i / width * step, Math.Min(step, input.Width - i % width * step), Math.Min(step, input.Height - i / width * step));
            salient[i] = Mean(map, area, input.Width);
            cells[i] = new float[input.Channels];
            for (int c = 0; c < input.Channels; c++) cells[i][c] = Mean(pixels.Slice(c * plane, plane), area, input.Width);
        }

        if (input.Channels > 3) cells = ThreeColors(cells);
        float high = Quantile(salient, Foreground), low = Quantile(salient, Background);
        var inside = new ColorModel([.. cells.Where((_, i) => salient[i] >= high)]);
        var outside = new ColorModel([.. cells.Where((_, i) => salient[i] <= low)]);
        bool[] mask = Cut(cells, width, inside, outside, cancellation);
        if (Regions.Of(mask, width) is not [var largest, ..]) return null;
        PixelBox box = Regions.Box(largest, width);
        int right = Math.Min(input.Width, (box.X + box.Width) * step), bottom = Math.Min(input.Height, (box.Y + box.Height) * step);
        return new PixelBox(box.X * step, box.Y * step, right - box.X * step, bottom - box.Y * step);
    }

    /// <summary>Of pixels of many channels the three numbers that tell them apart best, in [0, 1]: histograms of more would be empty.</summary>
    private static float[][] ThreeColors(float[][] cells)
    {
        PointMatrix components = PrincipalComponents.Project(new PointMatrix([.. cells.SelectMany(c => c)], cells.Length, cells[0].Length), 3);
        int count = components.Dimension;
        float[] low = new float[count], high = new float[count];
        for (int c = 0; c < count; c++) (low[c], high[c]) = (Enumerable.Range(0, cells.Length).Min(i => components.Row(i)[c]), Enumerable.Range(0, cells.Length).Max(i => components.Row(i)[c]));
        float range = Math.Max(high[0] - low[0], 1e-12f); // one for all, so that distances stay what they are
        return [.. Enumerable.Range(0, cells.Length).Select(i => Enumerable.Range(0, count).Select(c => (components.Row(i)[c] - low[c]) / range).ToArray())];
    }

    /// <summary>Colours' costs on either side, and between neighbours λ exp(−d² / 2σ²), σ² being the mean d² (Boykov and Jolly 2001, section 2.4).</summary>
    private static bool[] Cut(float[][] cells, int width, ColorModel inside, ColorModel outside, CancellationToken cancellation)
    {
        var edges = new List<(int A, int B, double Distance)>();
        for (int i = 0; i < cells.Length; i++)
        {
            if (i % width < width - 1) edges.Add((i, i + 1, Distance(cells[i], cells[i + 1])));
            if (i + width < cells.Length) edges.Add((i, i + width, Distance(cells[i], cells[i + width])));
        }
        double mean = Math.Max(1e-12, edges.Select(e => e.Distance).DefaultIfEmpty().Average());
        var cut = new MinimumCut(cells.Length);
        for (int i = 0; i < cells.Length; i++) cut.Terminals(i, sinkSide: outside.Cost(cells[i]), sourceSide: inside.Cost(cells[i]));
        foreach (var (a, b, distance) in edges) cut.Neighbours(a, b, Smoothness * Math.Exp(-distance / (2 * mean)));
        return cut.Divide(cancellation);
    }

    private static double Distance(float[] a, float[] b) => a.Zip(b, (x, y) => (double)(x - y) * (x - y)).Sum();

    private static float Mean(ReadOnlySpan<float> plane, PixelBox area, int width)
    {
        double sum = 0;
        for (int y = area.Y; y < area.Y + area.Height; y++)
            foreach (float value in plane.Slice(y * width + area.X, area.Width)) sum += value;
        return (float)(sum / (area.Width * area.Height));
    }

    private static float Quantile(float[] values, double share)
    {
        float[] sorted = [.. values.Order()];
        return sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }
}
