using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>Hooker, Erhan, Kindermans and Kim 2019: the mean squared gradient of noisy copies, E g². Without sign.</summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1806.10758"/>
/// <code>
/// M = 1/n Σᵢ (∂f/∂x (x + εᵢ))²,   εᵢ ~ N(0, σ²),   σ = level · (max x − min x)
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var query = new SaliencyQuery { Methods = [new SmoothGradSquared(SaliencyOptions.Default)], Classes = [null] }; // the most probable class
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMap map in new SaliencyAnalysis(network, query).Analyze(batch).SelectMany(maps => maps)) Console.WriteLine(map);
/// </code>
/// </example>
public sealed class SmoothGradSquared(SaliencyOptions options) : NoisyGradient(options)
{
    /// <inheritdoc/>
    protected override Tensor Map(Tensor mean, Tensor variance) => variance + mean * mean;
}
