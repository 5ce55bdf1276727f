using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>Selvaraju et al. 2017, equations 1 and 2: wₖ is the mean of ∂f/∂Aₖ over the places.</summary>
public sealed class GradCam(SaliencyOptions options) : ActivationMap(options)
{
    /// <inheritdoc/>
    protected override Tensor Weights(Tensor activation, Tensor gradient) => gradient.mean([2, 3], keepdim: true);
}
