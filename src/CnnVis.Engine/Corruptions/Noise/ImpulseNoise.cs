namespace CnnVis.Engine.Corruptions.Noise;

/// <summary>Salt and pepper: a share c of the values becomes 0 or 1.</summary>
internal sealed class ImpulseNoise : ICorruption
{
    public string Name => nameof(ImpulseNoise);

    public string Family => "Noise";

    public void Apply(CorruptedPicture picture, CorruptionLevel level, CorruptionRandom random)
    {
        double share = level.Of(.03, .06, .09, .17, .27, .01, .02, .05, .08, .14, .01, .02, .03, .05, .07);
        foreach (float[] plane in picture.Planes)
            for (int i = 0; i < plane.Length; i++)
            {
                double u = random.Uniform();
                if (u < share) plane[i] = u < share / 2 ? 0 : 255;
            }
    }
}
