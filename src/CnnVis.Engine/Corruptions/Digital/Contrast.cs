namespace CnnVis.Engine.Corruptions.Digital;

/// <summary>(x − mean) c + mean, each channel by itself.</summary>
internal sealed class Contrast : ICorruption
{
    public string Name => nameof(Contrast);

    public string Family => "Digital";

    public void Apply(CorruptedPicture picture, CorruptionLevel level, CorruptionRandom random)
    {
        float factor = level.Of(.4f, .3f, .2f, .1f, .05f, .4f, .3f, .2f, .1f, .05f, .75f, .5f, .4f, .3f, .15f);
        foreach (float[] plane in picture.Planes)
        {
            double sum = 0;
            foreach (float value in plane) sum += value;
            float mean = (float)(sum / plane.Length);
            for (int i = 0; i < plane.Length; i++) plane[i] = (plane[i] - mean) * factor + mean;
        }
    }
}
