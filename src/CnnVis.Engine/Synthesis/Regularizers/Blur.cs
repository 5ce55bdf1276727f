using static TorchSharp.torch;

namespace CnnVis.Engine.Synthesis.Regularizers;

/// <summary>Yosinski et al. 2015, section 3: every so many steps the picture is blurred by a Gaussian, which goes on level beyond the border.</summary>
/// <param name="Deviation">In pixels, above 0.</param>
/// <param name="Every">Steps from one blur to the next, at least 1.</param>
public sealed record Blur(double Deviation, int Every) : IRegularizer
{
    /// <inheritdoc/>
    public bool ChangesPixels => true;

    /// <inheritdoc/>
    public Tensor Change(Tensor pixels, Tensor gradient, int step)
    {
        if (step % Every != 0) return pixels;
        int radius = Math.Max(1, (int)Math.Ceiling(4 * Deviation));
        Tensor weights = (arange(-radius, radius + 1, ScalarType.Float32, pixels.device) / Deviation).square().mul(-0.5).exp();
        weights = weights / weights.sum();
        Tensor planes = pixels.reshape(-1, 1, pixels.shape[2], pixels.shape[3]);
        planes = nn.functional.conv2d(nn.functional.pad(planes, [radius, radius, 0, 0], TorchSharp.PaddingModes.Replicate), weights.reshape(1, 1, 1, -1));
        planes = nn.functional.conv2d(nn.functional.pad(planes, [0, 0, radius, radius], TorchSharp.PaddingModes.Replicate), weights.reshape(1, 1, -1, 1));
        return planes.reshape(pixels.shape);
    }
}
