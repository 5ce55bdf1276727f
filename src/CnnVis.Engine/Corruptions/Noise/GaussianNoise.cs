namespace CnnVis.Engine.Corruptions.Noise;

/// <summary>x + N(0, c): low light.</summary>
internal sealed class GaussianNoise : ICorruption
{
    public string Name => nameof(GaussianNoise);

    public string Family => "Noise";

    public void Apply(CorruptedPicture picture, CorruptionLevel level, CorruptionRandom random)
    {
        double deviation = 255 * level.Of(.08, .12, .18, .26, .38, .04, .08, .12, .15, .18, .04, .06, .08, .09, .10);
        foreach (float[] plane in picture.Planes)
            for (int i = 0; i < plane.Length; i++) plane[i] += (float)(deviation * random.Normal());
    }
}
