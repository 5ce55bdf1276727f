namespace CnnVis.Engine.Attribution.Saliency.Localization;

/// <summary>How probable colours are, from some of them: a histogram of 8 levels a channel, smoothed by one count spread over all.</summary>
internal sealed class ColorModel
{
    private const int Levels = 8;
    private readonly double[] _share;

    /// <param name="colors">Pixels, each of 1 to 3 numbers in [0, 1].</param>
    public ColorModel(IReadOnlyCollection<float[]> colors)
    {
        _share = new double[Levels * Levels * Levels];
        Array.Fill(_share, 1.0 / _share.Length / (colors.Count + 1));
        foreach (float[] color in colors) _share[Bin(color)] += 1.0 / (colors.Count + 1);
    }

    /// <summary>−log of the colour's share.</summary>
    public double Cost(float[] color) => -Math.Log(_share[Bin(color)]);

    private static int Bin(float[] color) => color.Aggregate(0, (bin, v) => bin * Levels + Math.Clamp((int)(v * Levels), 0, Levels - 1));
}
