namespace CnnVis.Engine.Corruptions.Blur;

/// <summary>A camera in motion: ImageMagick's motion blur, a Gaussian's half along a direction within 45° of level.</summary>
internal sealed class MotionBlur : ICorruption
{
    public string Name => nameof(MotionBlur);

    public string Family => "Blur";

    public void Apply(CorruptedPicture picture, CorruptionLevel level, CorruptionRandom random)
    {
        var (radius, deviation) = level.Of<(double, double)>(
            (10, 3), (15, 5), (15, 8), (15, 12), (20, 15),
            (10, 1), (10, 1.5), (10, 2), (10, 2.5), (12, 3),
            (6, 1), (6, 1.5), (6, 2), (8, 2), (9, 2.5));
        double angle = random.Uniform(-45, 45);
        for (int c = 0; c < 3; c++)
        {
            picture.Planes[c] = Along(picture.Planes[c], picture.Width, picture.Height, radius * level.Length, deviation * level.Length, angle);
            Round(picture.Planes[c]);
        }
    }

    /// <summary>Σ wᵢ × plane at i steps along the angle, wᵢ in proportion to exp(−i²/2σ²), for i from 0 to twice the radius; places are rounded, and the border's pixels go on.</summary>
    internal static float[] Along(float[] plane, int width, int height, double radius, double deviation, double angle)
    {
        int taps = 2 * (int)Math.Ceiling(radius) + 1;
        double[] weights = [.. Enumerable.Range(0, taps).Select(i => Math.Exp(-0.5 * i * i / (deviation * deviation)))];
        double sum = weights.Sum(), sine = Math.Sin(angle * Math.PI / 180), cosine = Math.Cos(angle * Math.PI / 180);
        float[] result = new float[plane.Length], line = new float[width + 2 * taps];
        (int X, int Y, float Weight)[] steps = [.. weights.Select((w, i) => ((int)Math.Ceiling(i * cosine - 0.5), (int)Math.Ceiling(i * sine - 0.5), (float)(w / sum)))];
        for (int y = 0; y < height; y++)
        {
            // The line that a step takes, with the border's pixels on both sides; rows are often taken twice running.
            int padded = -1;
            foreach (var (dx, dy, weight) in steps)
            {
                int row = Planes.Inside(y + dy, height, Border.Nearest);
                if (row != padded)
                {
                    ReadOnlySpan<float> from = plane.AsSpan(row * width, width);
                    line.AsSpan(0, taps).Fill(from[0]);
                    from.CopyTo(line.AsSpan(taps));
                    line.AsSpan(taps + width).Fill(from[^1]);
                    padded = row;
                }
                Planes.AddScaled(result.AsSpan(y * width, width), line.AsSpan(taps + dx, width), weight);
            }
        }
        return result;
    }

    /// <summary>To whole numbers, as a picture of ImageMagick's has them.</summary>
    internal static void Round(float[] plane)
    {
        for (int i = 0; i < plane.Length; i++) plane[i] = MathF.Floor(Math.Clamp(plane[i], 0, 255) + 0.5f);
    }
}
