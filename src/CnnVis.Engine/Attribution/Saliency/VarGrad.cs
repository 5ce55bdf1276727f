using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>Adebayo, Gilmer, Goodfellow and Kim 2018: the variance of the gradient over noisy copies, E g² − (E g)². Without sign.</summary>
public sealed class VarGrad(SaliencyOptions options) : NoisyGradient(options)
{
    /// <inheritdoc/>
    protected override Tensor Map(Tensor mean, Tensor variance) => variance;
}
