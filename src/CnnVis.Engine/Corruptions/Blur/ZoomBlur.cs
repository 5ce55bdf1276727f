namespace CnnVis.Engine.Corruptions.Blur;

/// <summary>A camera that nears: the mean of the picture and of itself magnified more and more.</summary>
internal sealed class ZoomBlur : ICorruption
{
    public string Name => nameof(ZoomBlur);

    public string Family => "Blur";

    public void Apply(CorruptedPicture picture, CorruptionLevel level, CorruptionRandom random)
    {
        // How many steps numpy.arange(1, top, step) has: with 1.11 and 1.06 it gives the top too.
        var (step, count) = level.Of<(double, int)>(
            (.01, 12), (.01, 16), (.02, 11), (.02, 13), (.03, 11),
            (.01, 7), (.01, 12), (.01, 16), (.01, 21), (.01, 26),
            (.01, 7), (.01, 12), (.01, 16), (.01, 21), (.01, 26));
        for (int c = 0; c < 3; c++)
        {
            float[] plane = picture.Planes[c], sum = (float[])plane.Clone();
            for (int i = 0; i < count; i++) Planes.AddZoomed(sum, plane, picture.Width, picture.Height, 1 + i * step);
            for (int i = 0; i < sum.Length; i++) sum[i] /= count + 1;
            picture.Planes[c] = sum;
        }
    }
}
