namespace CnnVis.Engine.Attributes.Measures;

/// <summary>Neighbouring pixels compared.</summary>
internal static class Detail
{
    private const double LeastEdge = 0.1;

    /// <summary>Variance of the Laplacian (four neighbours) over the pixels that have all of them; 0 where none has.</summary>
    public static double Sharpness(LumaPlane luma)
    {
        double sum = 0, squares = 0;
        long count = 0;
        float[] v = luma.Values;
        for (int y = 1; y < luma.Height - 1; y++)
            for (int x = 1, i = y * luma.Width + 1; x < luma.Width - 1; x++, i++)
            {
                double value = v[i - 1] + v[i + 1] + v[i - luma.Width] + v[i + luma.Width] - 4 * v[i];
                (sum, squares, count) = (sum + value, squares + value * value, count + 1);
            }
        return count == 0 ? 0 : Math.Max(0, squares / count - sum / count * (sum / count));
    }

    /// <summary>Immerkær's estimate of the noise's deviation: √(π/2) / (6 (W − 2) (H − 2)) Σ |I ∗ N|, N = [1 −2 1; −2 4 −2; 1 −2 1], which no plane or step along an axis answers to.</summary>
    public static double Noise(LumaPlane luma)
    {
        if (luma.Width < 3 || luma.Height < 3) return 0;
        double sum = 0;
        float[] v = luma.Values;
        int w = luma.Width;
        for (int y = 1; y < luma.Height - 1; y++)
            for (int x = 1, i = y * w + 1; x < w - 1; x++, i++)
                sum += Math.Abs(v[i - w - 1] - 2 * v[i - w] + v[i - w + 1] - 2 * v[i - 1] + 4 * v[i] - 2 * v[i + 1] + v[i + w - 1] - 2 * v[i + w] + v[i + w + 1]);
        return Math.Sqrt(Math.PI / 2) * sum / (6.0 * (w - 2) * (luma.Height - 2));
    }

    /// <summary>Share of the pixels with all neighbours whose gradient (Sobel / 8) is above a tenth of the range.</summary>
    public static double EdgeDensity(LumaPlane luma)
    {
        if (luma.Width < 3 || luma.Height < 3) return 0;
        long edges = 0;
        float[] v = luma.Values;
        int w = luma.Width;
        for (int y = 1; y < luma.Height - 1; y++)
            for (int x = 1, i = y * w + 1; x < w - 1; x++, i++)
            {
                double across = (v[i - w + 1] + 2 * v[i + 1] + v[i + w + 1] - v[i - w - 1] - 2 * v[i - 1] - v[i + w - 1]) / 8;
                double down = (v[i + w - 1] + 2 * v[i + w] + v[i + w + 1] - v[i - w - 1] - 2 * v[i - w] - v[i - w + 1]) / 8;
                if (across * across + down * down > LeastEdge * LeastEdge * 255 * 255) edges++;
            }
        return edges / ((w - 2.0) * (luma.Height - 2));
    }
}
