using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>Adebayo, Gilmer, Goodfellow and Kim 2018: the variance of the gradient over noisy copies, E g² − (E g)². Without sign.</summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1810.03307"/>
/// <code>
/// M = 1/n Σᵢ gᵢ² − (1/n Σᵢ gᵢ)²,   gᵢ = ∂f/∂x (x + εᵢ),   εᵢ ~ N(0, σ²)
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var query = new SaliencyQuery { Methods = [new VarGrad(SaliencyOptions.Default)], Classes = [null] }; // the most probable class
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMap map in new SaliencyAnalysis(network, query).Analyze(batch).SelectMany(maps => maps)) Console.WriteLine(map);
/// </code>
/// </example>
public sealed class VarGrad(SaliencyOptions options) : NoisyGradient(options)
{
    /// <inheritdoc/>
    protected override Tensor Map(Tensor mean, Tensor variance) => variance;
}
