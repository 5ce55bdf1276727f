namespace CnnVis.Engine.Corruptions.Digital;

/// <summary>HSV's saturation × a + b. Grey has the hue of red, as in skimage.</summary>
internal sealed class Saturate : ICorruption
{
    public string Name => nameof(Saturate);

    public string Family => "Extra";

    public void Apply(CorruptedPicture picture, CorruptionLevel level, CorruptionRandom random)
    {
        var (factor, more) = level.Of(
            (.3f, 0f), (.1f, 0f), (2f, 0f), (5f, .1f), (20f, .2f),
            (.3f, 0f), (.1f, 0f), (2f, 0f), (5f, .1f), (30f, .2f),
            (.3f, 0f), (.1f, 0f), (1.5f, 0f), (2f, .1f), (2.5f, .2f));
        float[] r = picture.Planes[0], g = picture.Planes[1], b = picture.Planes[2];
        for (int i = 0; i < r.Length; i++)
        {
            float value = Math.Max(r[i], Math.Max(g[i], b[i])), least = Math.Min(r[i], Math.Min(g[i], b[i]));
            if (value == least)
            {
                g[i] = b[i] = value * (1 - Math.Clamp(more, 0, 1));
                continue;
            }
            float before = (value - least) / value, ratio = Math.Clamp(before * factor + more, 0, 1) / before;
            (r[i], g[i], b[i]) = (value - (value - r[i]) * ratio, value - (value - g[i]) * ratio, value - (value - b[i]) * ratio);
        }
    }
}
