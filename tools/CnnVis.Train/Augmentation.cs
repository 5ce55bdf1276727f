namespace CnnVis.Train;

/// <summary>
/// A random view of a training picture: crop of 60–100% of the area with the aspect ratio within ±20%, resampled bilinearly to
/// full size, mirrored half the time, brightness within ±30%.
/// </summary>
internal static class Augmentation
{
    /// <summary>Writes float RGB in [0, 1], [H, W, 3], into <paramref name="target"/>.</summary>
    public static void Apply(ReadOnlySpan<byte> source, Span<float> target, Random random)
    {
        const int size = ImageSet.Size;
        double area = 0.6 + 0.4 * random.NextDouble();
        double aspect = Math.Exp((2 * random.NextDouble() - 1) * Math.Log(1.2));
        float width = (float)Math.Min(1, Math.Sqrt(area * aspect)) * size, height = (float)Math.Min(1, Math.Sqrt(area / aspect)) * size;
        float left = (float)random.NextDouble() * (size - width), top = (float)random.NextDouble() * (size - height);
        bool mirrored = random.Next(2) == 1;
        float gain = (0.7f + 0.6f * (float)random.NextDouble()) / 255f;

        Span<int> x0 = stackalloc int[size];
        Span<float> fx = stackalloc float[size];
        for (int x = 0; x < size; x++)
        {
            float position = Math.Clamp(left + (x + 0.5f) * width / size - 0.5f, 0, size - 1.001f);
            int column = mirrored ? size - 1 - x : x;
            x0[column] = (int)position;
            fx[column] = position - (int)position;
        }
        for (int y = 0; y < size; y++)
        {
            float position = Math.Clamp(top + (y + 0.5f) * height / size - 0.5f, 0, size - 1.001f);
            float fy = position - (int)position;
            ReadOnlySpan<byte> upper = source.Slice((int)position * size * 3, size * 3), lower = source.Slice(((int)position + 1) * size * 3, size * 3);
            Span<float> row = target.Slice(y * size * 3, size * 3);
            for (int x = 0; x < size; x++)
            {
                int at = x0[x] * 3;
                for (int c = 0; c < 3; c++)
                {
                    float a = upper[at + c] + fx[x] * (upper[at + c + 3] - upper[at + c]);
                    float b = lower[at + c] + fx[x] * (lower[at + c + 3] - lower[at + c]);
                    row[x * 3 + c] = Math.Min(1f, gain * (a + fy * (b - a)));
                }
            }
        }
    }
}
