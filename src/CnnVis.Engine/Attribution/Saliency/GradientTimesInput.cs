using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>x · ∂f/∂x (Shrikumar et al. 2016), with x in [0, 1]: the first-order share of a pixel against black.</summary>
public sealed class GradientTimesInput : RuledGradient
{
    /// <param name="options">Not used.</param>
    public GradientTimesInput(SaliencyOptions options) => _ = options;

    /// <inheritdoc/>
    protected override Tensor Map(Tensor pixels, Tensor gradient) => pixels * gradient;
}
