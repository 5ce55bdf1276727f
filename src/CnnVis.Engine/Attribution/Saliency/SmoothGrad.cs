using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>Smilkov, Thorat, Kim, Viégas and Wattenberg 2017: the mean gradient of noisy copies, E g.</summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1706.03825"/>
/// <code>
/// M = 1/n Σᵢ ∂f/∂x (x + εᵢ),   εᵢ ~ N(0, σ²),   σ = level · (max x − min x)
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var query = new SaliencyQuery { Methods = [new SmoothGrad(SaliencyOptions.Default)], Classes = [null] }; // the most probable class
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMap map in new SaliencyAnalysis(network, query).Analyze(batch).SelectMany(maps => maps)) Console.WriteLine(map);
/// </code>
/// </example>
public sealed class SmoothGrad(SaliencyOptions options) : NoisyGradient(options)
{
    /// <inheritdoc/>
    protected override Tensor Map(Tensor mean, Tensor variance) => mean;
}
