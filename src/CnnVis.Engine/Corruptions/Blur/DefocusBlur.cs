namespace CnnVis.Engine.Corruptions.Blur;

/// <summary>A disk, its edge smoothed: a lens out of focus.</summary>
internal sealed class DefocusBlur : ICorruption
{
    public string Name => nameof(DefocusBlur);

    public string Family => "Blur";

    public void Apply(CorruptedPicture picture, CorruptionLevel level, CorruptionRandom random)
    {
        var (radius, edge) = level.Of<(double, double)>(
            (3, .1), (4, .5), (6, .5), (8, .5), (10, .5),
            (.5, .6), (1, .1), (1.5, .1), (2.5, .01), (3, .1),
            (.3, .4), (.4, .5), (.5, .6), (1, .2), (1.5, .1));
        float[][] kernel = Disk(level.Length * radius, edge);
        for (int c = 0; c < 3; c++) picture.Planes[c] = Planes.Filter(picture.Planes[c], picture.Width, picture.Height, kernel, Border.Reflect101);
    }

    /// <summary>As the authors': a disk on whole places, blurred by three pixels, or by five beyond a radius of 8.</summary>
    internal static float[][] Disk(double radius, double edge)
    {
        int reach = radius <= 8 ? 8 : (int)Math.Ceiling(radius), side = 2 * reach + 1, blur = radius <= 8 ? 1 : 2;
        float[] disk = new float[side * side];
        for (int i = 0; i < disk.Length; i++)
        {
            int x = i % side - reach, y = i / side - reach;
            disk[i] = x * x + y * y <= radius * radius ? 1 : 0;
        }
        float sum = disk.Sum();
        double[] weights = [.. Enumerable.Range(-blur, 2 * blur + 1).Select(i => Math.Exp(-0.5 * i * i / (edge * edge)))];
        double total = weights.Sum();
        float[][] smoothing = [.. weights.Select(v => weights.Select(u => (float)(v * u / (total * total))).ToArray())];
        float[] smooth = Planes.Filter([.. disk.Select(d => d / sum)], side, side, smoothing, Border.Reflect101);
        return [.. Enumerable.Range(0, side).Select(y => smooth[(y * side)..((y + 1) * side)])];
    }
}
