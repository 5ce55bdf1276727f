using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>Hooker, Erhan, Kindermans and Kim 2019: the mean squared gradient of noisy copies, E g². Without sign.</summary>
public sealed class SmoothGradSquared(SaliencyOptions options) : NoisyGradient(options)
{
    /// <inheritdoc/>
    protected override Tensor Map(Tensor mean, Tensor variance) => variance + mean * mean;
}
