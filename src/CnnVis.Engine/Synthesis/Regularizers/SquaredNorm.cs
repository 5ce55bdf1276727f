using static TorchSharp.torch;

namespace CnnVis.Engine.Synthesis.Regularizers;

/// <summary>Simonyan et al. 2013, section 2: λ‖x − mean‖², the sum of squares of all values of the picture as far as it is from the network's mean, pixels being in [0, 1].</summary>
/// <param name="Weight">λ.</param>
/// <param name="Mean">A number a channel.</param>
public sealed record SquaredNorm(double Weight, float[] Mean) : IRegularizer
{
    /// <inheritdoc/>
    public Tensor Penalty(Tensor pixels) => Weight * (pixels - tensor(Mean, device: pixels.device).reshape(1, -1, 1, 1)).square().sum([1L, 2L, 3L]);
}
