using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>Smilkov, Thorat, Kim, Viégas and Wattenberg 2017: the mean gradient of noisy copies, E g.</summary>
public sealed class SmoothGrad(SaliencyOptions options) : NoisyGradient(options)
{
    /// <inheritdoc/>
    protected override Tensor Map(Tensor mean, Tensor variance) => mean;
}
