namespace CnnVis;

/// <summary>Values of both signs as a picture, as the papers show DeconvNet and guided backpropagation.</summary>
public static class SignedPicture
{
    private const double Percentile = 99.5;

    /// <summary>Grey where zero, and each colour's share above or below it; the 99.5th percentile of the magnitudes is the end.</summary>
    /// <param name="values">[channels, height, width].</param>
    /// <param name="channels">Planes; fewer than three are repeated.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="part">The part whose magnitudes count; the rest is drawn with them.</param>
    public static PixelImage Of(ReadOnlySpan<float> values, int channels, int height, int width, PixelBox part)
    {
        double reach = Reach(values, channels, height, width, part);
        int plane = height * width;
        byte[] pixels = new byte[plane * 3];
        for (int i = 0; i < plane; i++)
            for (int c = 0; c < 3; c++)
                pixels[i * 3 + c] = (byte)Math.Clamp(127.5 + (reach > 0 ? 127.5 * values[c % channels * plane + i] / reach : 0) + 0.5, 0, 255);
        return new PixelImage(width, height, pixels);
    }

    private static double Reach(ReadOnlySpan<float> values, int channels, int height, int width, PixelBox part)
    {
        var magnitudes = new List<float>(channels * part.Width * part.Height);
        for (int c = 0; c < channels; c++)
            for (int y = part.Y; y < part.Y + part.Height; y++)
                foreach (float value in values.Slice((c * height + y) * width + part.X, part.Width))
                    if (float.IsFinite(value)) magnitudes.Add(Math.Abs(value));
        magnitudes.Sort();
        return magnitudes.Count == 0 ? 0 : magnitudes[(int)Math.Min(magnitudes.Count - 1, Math.Ceiling(Percentile / 100 * magnitudes.Count))];
    }
}
