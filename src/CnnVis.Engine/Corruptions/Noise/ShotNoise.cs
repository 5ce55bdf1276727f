namespace CnnVis.Engine.Corruptions.Noise;

/// <summary>Poisson(x c) / c: light that comes in few quanta.</summary>
internal sealed class ShotNoise : ICorruption
{
    public string Name => nameof(ShotNoise);

    public string Family => "Noise";

    public void Apply(CorruptedPicture picture, CorruptionLevel level, CorruptionRandom random)
    {
        double quanta = level.Of<double>(60, 25, 12, 5, 3, 250, 100, 50, 30, 15, 500, 250, 100, 75, 50);
        Scatter(picture, quanta, random);
    }

    /// <summary>Pixels hold 256 values, so that there is a table of chances for each.</summary>
    internal static void Scatter(CorruptedPicture picture, double quanta, CorruptionRandom random)
    {
        var tables = new PoissonTable?[256];
        foreach (float[] plane in picture.Planes)
            for (int i = 0; i < plane.Length; i++)
            {
                int value = (int)(plane[i] + 0.5f);
                PoissonTable table = tables[value] ??= new PoissonTable(value / 255.0 * quanta);
                plane[i] = (float)(255 * table.Draw(random) / quanta);
            }
    }
}
