namespace CnnVis.Engine.Corruptions.Weather;

/// <summary>Clouds of a plasma fractal: (x + c × plasma) × max / (max + c).</summary>
internal sealed class Fog : ICorruption
{
    public string Name => nameof(Fog);

    public string Family => "Weather";

    public void Apply(CorruptedPicture picture, CorruptionLevel level, CorruptionRandom random)
    {
        var (strength, decay) = level.Of<(double, double)>(
            (1.5, 2), (2, 2), (2.5, 1.7), (2.5, 1.5), (3, 1.4),
            (.4, 3), (.7, 3), (1, 2.5), (1.5, 2), (2, 1.75),
            (.2, 3), (.5, 3), (.75, 2.5), (1, 2), (1.5, 1.75));
        int side = level.Size == 224 ? 256 : level.Size;
        while (side < Math.Max(picture.Width, picture.Height)) side *= 2;
        float[] clouds = Plasma.Of(side, decay, random);
        float most = picture.Planes.Max(p => p.Max()) / 255;
        foreach (float[] plane in picture.Planes)
            for (int y = 0, i = 0; y < picture.Height; y++)
                for (int x = 0; x < picture.Width; x++, i++) plane[i] = (plane[i] + 255 * (float)strength * clouds[y * side + x]) * most / (most + (float)strength);
    }
}
