namespace CnnVis;

/// <summary>Pictures that hardly differ from one colour, made visible: out = m + times · (x − m), m the mean of each plane.</summary>
internal static class StretchedPicture
{
    private const double Percentile = 99.5, Reach = 0.5;

    /// <summary>How many times colours can go away from their mean until the 99.5th percentile of the distances is half of the range; at least 1, and 1 for a picture of one colour.</summary>
    /// <param name="values">[channels, height, width] in [0, 1].</param>
    /// <param name="channels">Planes.</param>
    public static double Times(ReadOnlySpan<float> values, int channels)
    {
        int plane = values.Length / channels;
        float[] distances = new float[values.Length];
        for (int c = 0; c < channels; c++)
        {
            ReadOnlySpan<float> all = values.Slice(c * plane, plane);
            float mean = Mean(all);
            for (int i = 0; i < plane; i++) distances[c * plane + i] = Math.Abs(all[i] - mean);
        }
        Array.Sort(distances);
        double far = distances[(int)Math.Min(distances.Length - 1, Math.Ceiling(Percentile / 100 * distances.Length))];
        return far > 0 ? Math.Max(1, Reach / far) : 1;
    }

    /// <summary>The picture, so many times as far from its mean colour.</summary>
    /// <param name="values">[channels, height, width] in [0, 1].</param>
    /// <param name="channels">1 for grey, or 3.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="times">How many times.</param>
    public static PixelImage Of(ReadOnlySpan<float> values, int channels, int height, int width, double times)
    {
        int plane = height * width;
        byte[] pixels = new byte[plane * 3];
        for (int c = 0; c < 3; c++)
        {
            ReadOnlySpan<float> from = values.Slice(c % channels * plane, plane);
            float mean = Mean(from);
            for (int i = 0; i < plane; i++) pixels[i * 3 + c] = (byte)Math.Clamp(255 * (mean + times * (from[i] - mean)) + 0.5, 0, 255);
        }
        return new PixelImage(width, height, pixels);
    }

    private static float Mean(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values) sum += value;
        return (float)(sum / values.Length);
    }
}
