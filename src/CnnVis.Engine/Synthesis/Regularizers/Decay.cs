using static TorchSharp.torch;

namespace CnnVis.Engine.Synthesis.Regularizers;

/// <summary>Yosinski et al. 2015, section 3: after each step a share of what the picture is away from the network's mean is taken back.</summary>
/// <param name="Share">θ, in [0, 1].</param>
/// <param name="Mean">A number a channel.</param>
public sealed record Decay(double Share, float[] Mean) : IRegularizer
{
    /// <inheritdoc/>
    public bool ChangesPixels => true;

    /// <inheritdoc/>
    public Tensor Change(Tensor pixels, Tensor gradient, int step) => pixels.lerp(tensor(Mean, device: pixels.device).reshape(1, -1, 1, 1).expand_as(pixels), Share);
}
