using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>
/// Chattopadhay, Sarkar, Howlader and Balasubramanian 2018, equations 5, 7 and 19: wₖ = Σ α · max(g, 0) with α = g² / (2g² + g³ Σ Aₖ), where g = ∂f/∂Aₖ. The
/// paper's exp(f) scales the whole map and is left out.
/// </summary>
public sealed class GradCamPlusPlus(SaliencyOptions options) : ActivationMap(options)
{
    /// <inheritdoc/>
    protected override Tensor Weights(Tensor activation, Tensor gradient)
    {
        Tensor square = gradient * gradient, below = 2 * square + square * gradient * activation.sum([2, 3], keepdim: true);
        Tensor alpha = where(below == 0, zeros_like(square), square / below);
        return (alpha * gradient.relu()).sum([2, 3], keepdim: true);
    }
}
