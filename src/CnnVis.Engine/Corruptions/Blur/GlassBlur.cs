namespace CnnVis.Engine.Corruptions.Blur;

/// <summary>
/// Frosted glass: pixels take what lies near, between two Gaussians. Meant as a swap, the authors' line only copies, because both of its sides are views of one array: the neighbour's
/// colour comes, and the pixel's own does not go. So do we, for their pictures are made so.
/// </summary>
internal sealed class GlassBlur : ICorruption
{
    public string Name => nameof(GlassBlur);

    public string Family => "Blur";

    public void Apply(CorruptedPicture picture, CorruptionLevel level, CorruptionRandom random)
    {
        var (deviation, reach, passes) = level.Of<(double, int, int)>(
            (.7, 1, 2), (.9, 2, 1), (1, 2, 3), (1.1, 3, 2), (1.5, 4, 2),
            (.1, 1, 1), (.5, 1, 1), (.6, 1, 2), (.7, 2, 1), (.9, 2, 2),
            (.05, 1, 1), (.25, 1, 1), (.4, 1, 1), (.25, 1, 2), (.4, 1, 2));
        (deviation, reach) = (deviation * level.Length, Math.Max(reach, (int)Math.Round(reach * level.Length)));
        Smooth(picture, deviation);
        PixelImage whole = picture.ToImage(); // to whole numbers in between
        picture.Take(whole);
        float[] r = picture.Planes[0], g = picture.Planes[1], b = picture.Planes[2];
        for (int pass = 0; pass < passes; pass++)
            for (int y = picture.Height - reach; y > reach; y--)
                for (int x = picture.Width - reach; x > reach; x--)
                {
                    int at = y * picture.Width + x, other = (y + random.Below(2 * reach) - reach) * picture.Width + x + random.Below(2 * reach) - reach;
                    (r[at], g[at], b[at]) = (r[other], g[other], b[other]);
                }
        Smooth(picture, deviation);
    }

    private static void Smooth(CorruptedPicture picture, double deviation)
    {
        for (int c = 0; c < 3; c++) picture.Planes[c] = Planes.Gaussian(picture.Planes[c], picture.Width, picture.Height, deviation);
    }
}
