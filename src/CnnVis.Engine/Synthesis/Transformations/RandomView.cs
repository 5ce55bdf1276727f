using static TorchSharp.torch;

namespace CnnVis.Engine.Synthesis.Transformations;

/// <summary>
/// A shift, a scale and a rotation about the middle, drawn anew for each picture and step, with grey beyond the border: the padding, jitter, scaling and rotation of
/// Olah, Mordvintsev and Schubert 2017, put together to one bilinear resampling so that it blurs once. Shifts are whole pixels, so that where nothing is
/// scaled or rotated, nothing is blurred.
/// </summary>
/// <param name="Jitter">Largest shift along each axis, in pixels.</param>
/// <param name="Scale">Largest change of size: 0.1 for factors from 0.9 to 1.1.</param>
/// <param name="Degrees">Largest rotation either way.</param>
/// <param name="Padding">Value beyond the border.</param>
public sealed record RandomView(int Jitter, double Scale = 0, double Degrees = 0, double Padding = 0.5) : ITransformation
{
    /// <inheritdoc/>
    public Tensor Apply(Tensor pixels, IReadOnlyList<Random> random)
    {
        long height = pixels.shape[2], width = pixels.shape[3];
        float[] places = [.. random.SelectMany(r => Place(r, height, width))];
        Tensor theta = tensor(places, device: pixels.device).reshape(-1, 2, 3);
        Tensor grid = nn.functional.affine_grid(theta, [.. pixels.shape], align_corners: false);
        return nn.functional.grid_sample(pixels - Padding, grid, mode: GridSampleMode.Bilinear, padding_mode: GridSamplePaddingMode.Zeros, align_corners: false) + Padding;
    }

    /// <summary>Where the picture's points come from, in units of half its sides.</summary>
    private float[] Place(Random random, long height, long width)
    {
        double dx = random.Next(-Jitter, Jitter + 1), dy = random.Next(-Jitter, Jitter + 1);
        double factor = 1 / (1 + Scale * (2 * random.NextDouble() - 1)), angle = Degrees * (2 * random.NextDouble() - 1) * Math.PI / 180;
        double cos = factor * Math.Cos(angle), sin = factor * Math.Sin(angle), aspect = (double)height / width;
        return [(float)cos, (float)(-sin * aspect), (float)(2 * dx / width), (float)(sin / aspect), (float)cos, (float)(2 * dy / height)];
    }
}
