using static TorchSharp.torch;

namespace CnnVis.Engine.Classifiers;

/// <summary>Further looks at the same pictures, from which a classifier learns what does not matter: mirrored, and crops.</summary>
/// <param name="Flip">Whether each picture is seen mirrored left to right too.</param>
/// <param name="Crops">How many crops of each are seen too: 64 to 100 % of the area at a random place, of the picture's shape, mirrored half the time.</param>
/// <param name="Seed">Decides the crops.</param>
public sealed record PictureViews(bool Flip, int Crops, long Seed)
{
    private const double LeastArea = 0.64;

    /// <summary>The views, the pictures themselves first: [N, C, H, W] each, in the caller's dispose scope.</summary>
    /// <param name="pictures">[N, C, H, W].</param>
    /// <param name="first">How many pictures came before.</param>
    internal IEnumerable<Tensor> Of(Tensor pictures, long first)
    {
        yield return pictures;
        if (Flip) yield return pictures.flip(3);
        for (int crop = 0; crop < Crops; crop++)
            yield return cat([.. Enumerable.Range(0, (int)pictures.shape[0]).Select(i => Crop(pictures.narrow(0, i, 1), new Random(unchecked((int)(Seed + 7919 * (first + i) + 104729 * crop)))))], 0);
    }

    private static Tensor Crop(Tensor picture, Random random)
    {
        long height = picture.shape[2], width = picture.shape[3];
        double side = Math.Sqrt(LeastArea + (1 - LeastArea) * random.NextDouble());
        long rows = Math.Max(1, (long)Math.Round(side * height)), columns = Math.Max(1, (long)Math.Round(side * width));
        Tensor part = picture.narrow(2, random.NextInt64(height - rows + 1), rows).narrow(3, random.NextInt64(width - columns + 1), columns);
        if (random.Next(2) == 1) part = part.flip(3);
        return nn.functional.interpolate(part, [height, width], mode: InterpolationMode.Bilinear, align_corners: false);
    }
}
