using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>
/// Chattopadhay, Sarkar, Howlader and Balasubramanian 2018, equations 5, 7 and 19: wₖ = Σ α · max(g, 0) with α = g² / (2g² + g³ Σ Aₖ), where g = ∂f/∂Aₖ. The
/// paper's exp(f) scales the whole map and is left out.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1710.11063"/>
/// <code>
/// αₖᵢⱼ = g² / (2 g² + g³ Σ Aₖ),   g = ∂f/∂Aₖᵢⱼ
/// wₖ = Σᵢⱼ αₖᵢⱼ max(g, 0)
/// M = max(Σₖ wₖ Aₖ, 0)
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var query = new SaliencyQuery { Methods = [new GradCamPlusPlus(SaliencyOptions.Default)], Classes = [null] }; // the most probable class
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMap map in new SaliencyAnalysis(network, query).Analyze(batch).SelectMany(maps => maps)) Console.WriteLine(map);
/// </code>
/// </example>
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
