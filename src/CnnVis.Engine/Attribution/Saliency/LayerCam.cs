using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>Jiang, Zhang, Hou, Cheng and Wei 2021, equation 4: each place of each map has its own weight, max(∂f/∂Aₖ, 0). Works in early layers too.</summary>
public sealed class LayerCam(SaliencyOptions options) : ActivationMap(options)
{
    /// <inheritdoc/>
    protected override Tensor Weights(Tensor activation, Tensor gradient) => gradient.relu();
}
