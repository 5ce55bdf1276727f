namespace CnnVis.Engine.Images;

/// <summary>Gaussian blur of a picture, rows then columns, out to four deviations; the picture goes on level beyond its borders.</summary>
internal static class GaussianBlur
{
    /// <param name="picture">[C, H, W].</param>
    /// <param name="input">Its shape.</param>
    /// <param name="deviation">In pixels.</param>
    public static float[] Of(float[] picture, CnnInput input, double deviation)
    {
        int radius = Math.Max(1, (int)Math.Ceiling(4 * deviation));
        double[] weights = [.. Enumerable.Range(-radius, 2 * radius + 1).Select(x => Math.Exp(-x * x / (2 * deviation * deviation)))];
        double total = weights.Sum();
        for (int i = 0; i < weights.Length; i++) weights[i] /= total;

        float[] across = new float[picture.Length], both = new float[picture.Length];
        for (int start = 0; start < picture.Length; start += input.Width) Line(picture, across, start, 1, input.Width, weights, radius);
        int plane = input.Height * input.Width;
        for (int c = 0; c < input.Channels; c++)
            for (int x = 0; x < input.Width; x++) Line(across, both, c * plane + x, input.Width, input.Height, weights, radius);
        return both;
    }

    private static void Line(float[] from, float[] to, int start, int step, int length, double[] weights, int radius)
    {
        for (int i = 0; i < length; i++)
        {
            double sum = 0;
            for (int k = -radius; k <= radius; k++) sum += weights[k + radius] * from[start + Math.Clamp(i + k, 0, length - 1) * step];
            to[start + i * step] = (float)sum;
        }
    }
}
