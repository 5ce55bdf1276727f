using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>Selvaraju et al. 2017, equations 1 and 2: wₖ is the mean of ∂f/∂Aₖ over the places.</summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1610.02391"/>
/// <code>
/// wₖ = 1/Z Σᵢⱼ ∂f/∂Aₖᵢⱼ
/// M = max(Σₖ wₖ Aₖ, 0)
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var query = new SaliencyQuery { Methods = [new GradCam(SaliencyOptions.Default)], Classes = [null] }; // the most probable class
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMap map in new SaliencyAnalysis(network, query).Analyze(batch).SelectMany(maps => maps)) Console.WriteLine(map);
/// </code>
/// </example>
public sealed class GradCam(SaliencyOptions options) : ActivationMap(options)
{
    /// <inheritdoc/>
    protected override Tensor Weights(Tensor activation, Tensor gradient) => gradient.mean([2, 3], keepdim: true);
}
