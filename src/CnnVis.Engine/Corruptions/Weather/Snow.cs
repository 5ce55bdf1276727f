using CnnVis.Engine.Corruptions.Blur;

namespace CnnVis.Engine.Corruptions.Weather;

/// <summary>Flakes that fall: bright noise, magnified, blurred along its way, over a picture that is whitened.</summary>
internal sealed class Snow : ICorruption
{
    public string Name => nameof(Snow);

    public string Family => "Weather";

    public void Apply(CorruptedPicture picture, CorruptionLevel level, CorruptionRandom random)
    {
        var (mean, deviation, zoom, threshold, radius, blur, kept) = level.Of<(double, double, double, double, double, double, float)>(
            (.1, .3, 3, .5, 10, 4, .8f), (.2, .3, 2, .5, 12, 4, .7f), (.55, .3, 4, .9, 12, 8, .7f), (.55, .3, 4.5, .85, 12, 8, .65f), (.55, .3, 2.5, .85, 12, 12, .55f),
            (.1, .2, 1, .6, 8, 3, .8f), (.1, .2, 1, .5, 10, 4, .8f), (.15, .3, 1.75, .55, 10, 4, .7f), (.25, .3, 2.25, .6, 12, 6, .65f), (.3, .3, 1.25, .65, 14, 12, .6f),
            (.1, .2, 1, .6, 8, 3, .95f), (.1, .2, 1, .5, 10, 4, .9f), (.15, .3, 1.75, .55, 10, 4, .9f), (.25, .3, 2.25, .6, 12, 6, .85f), (.3, .3, 1.25, .65, 14, 12, .8f));
        int width = picture.Width, height = picture.Height;
        float[] flakes = new float[width * height];
        for (int i = 0; i < flakes.Length; i++) flakes[i] = (float)(mean + deviation * random.Normal());
        flakes = Planes.Zoom(flakes, width, height, zoom * level.Length);
        for (int i = 0; i < flakes.Length; i++) flakes[i] = flakes[i] < threshold ? 0 : MathF.Floor(255 * Math.Clamp(flakes[i], 0, 1));
        flakes = MotionBlur.Along(flakes, width, height, radius * level.Length, blur * level.Length, random.Uniform(-135, -45));
        MotionBlur.Round(flakes);
        Cover(picture, flakes, kept);
    }

    /// <summary>Whitens a picture, and lets flakes fall on it, and the same turned by 180°.</summary>
    internal static void Cover(CorruptedPicture picture, float[] flakes, float kept)
    {
        float[] r = picture.Planes[0], g = picture.Planes[1], b = picture.Planes[2];
        for (int i = 0; i < flakes.Length; i++)
        {
            float white = (0.299f * r[i] + 0.587f * g[i] + 0.114f * b[i]) * 1.5f + 127.5f, fallen = flakes[i] + flakes[^(i + 1)];
            r[i] = kept * r[i] + (1 - kept) * Math.Max(r[i], white) + fallen;
            g[i] = kept * g[i] + (1 - kept) * Math.Max(g[i], white) + fallen;
            b[i] = kept * b[i] + (1 - kept) * Math.Max(b[i], white) + fallen;
        }
    }
}
