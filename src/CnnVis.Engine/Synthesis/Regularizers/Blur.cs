using CnnVis.Engine.Images;
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
    public Tensor Change(Tensor pixels, Tensor gradient, int step) => step % Every == 0 ? GaussianBlur.Of(pixels, Deviation) : pixels;
}
