namespace CnnVis.Engine.Corruptions.Weather;

/// <summary>HSV's value + c. Hue and saturation stay, so that all channels are multiplied alike.</summary>
internal sealed class Brightness : ICorruption
{
    public string Name => nameof(Brightness);

    public string Family => "Weather";

    public void Apply(CorruptedPicture picture, CorruptionLevel level, CorruptionRandom random) =>
        Add(picture, level.Of(.1, .2, .3, .4, .5, .1, .2, .3, .4, .5, .05, .1, .15, .2, .3));

    /// <summary>Adds to the value, in [−1, 1].</summary>
    internal static void Add(CorruptedPicture picture, double amount)
    {
        float[] r = picture.Planes[0], g = picture.Planes[1], b = picture.Planes[2];
        for (int i = 0; i < r.Length; i++)
        {
            float value = Math.Max(r[i], Math.Max(g[i], b[i])), lit = Math.Clamp(value + 255 * (float)amount, 0, 255);
            if (value == 0) (r[i], g[i], b[i]) = (lit, lit, lit);
            else (r[i], g[i], b[i]) = (r[i] * lit / value, g[i] * lit / value, b[i] * lit / value);
        }
    }
}
