namespace CnnVis.Engine.Corruptions.Noise;

/// <summary>x + x N(0, c): noise in proportion.</summary>
internal sealed class SpeckleNoise : ICorruption
{
    public string Name => nameof(SpeckleNoise);

    public string Family => "Extra";

    public void Apply(CorruptedPicture picture, CorruptionLevel level, CorruptionRandom random)
    {
        double deviation = level.Of(.15, .2, .35, .45, .6, .15, .2, .25, .3, .35, .06, .1, .12, .16, .2);
        foreach (float[] plane in picture.Planes)
            for (int i = 0; i < plane.Length; i++) plane[i] *= (float)(1 + deviation * random.Normal());
    }
}
