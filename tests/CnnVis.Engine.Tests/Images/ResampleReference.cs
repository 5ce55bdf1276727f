using CnnVis.Engine.Images;

namespace CnnVis.Engine.Tests.Images;

/// <summary>The resizing once more, in double, straight from its definition and slow.</summary>
internal static class ResampleReference
{
    /// <summary>Value in [0, 1] of a channel of the input; null where the photo does not reach.</summary>
    public static double? Value(PixelImage image, PixelView view, int channel, int x, int y)
    {
        int column = x + view.Left, row = y + view.Top;
        if (column < 0 || row < 0 || column >= view.ResizedWidth || row >= view.ResizedHeight) return null;
        double[] across = Weights(image.Width, view.ResizedWidth, column), down = Weights(image.Height, view.ResizedHeight, row);
        double sum = 0;
        for (int v = 0; v < image.Height; v++)
            for (int u = 0; u < image.Width; u++)
                if (down[v] * across[u] is > 0 and var weight) sum += weight * image.Pixels[(v * image.Width + u) * 3 + channel];
        return sum / 255;
    }

    private static double[] Weights(int source, int resized, int position)
    {
        double scale = (double)source / resized, center = (position + 0.5) * scale;
        double[] weights = [.. Enumerable.Range(0, source).Select(s => Math.Max(0, 1 - Math.Abs(s + 0.5 - center) / Math.Max(scale, 1)))];
        double sum = weights.Sum();
        return [.. weights.Select(w => w / sum)];
    }
}
