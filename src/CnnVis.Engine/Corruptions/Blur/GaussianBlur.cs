namespace CnnVis.Engine.Corruptions.Blur;

/// <summary>A Gaussian of deviation c.</summary>
internal sealed class GaussianBlur : ICorruption
{
    public string Name => nameof(GaussianBlur);

    public string Family => "Extra";

    public void Apply(CorruptedPicture picture, CorruptionLevel level, CorruptionRandom random)
    {
        double deviation = level.Length * level.Of<double>(1, 2, 3, 4, 6, .5, .75, 1, 1.25, 1.5, .4, .6, .7, .8, 1);
        for (int c = 0; c < 3; c++) picture.Planes[c] = Planes.Gaussian(picture.Planes[c], picture.Width, picture.Height, deviation);
    }
}
