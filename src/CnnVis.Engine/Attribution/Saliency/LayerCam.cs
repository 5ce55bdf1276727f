using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>Jiang, Zhang, Hou, Cheng and Wei 2021, equation 4: each place of each map has its own weight, max(∂f/∂Aₖ, 0). Works in early layers too.</summary>
/// <remarks>
/// <see href="https://doi.org/10.1109/TIP.2021.3089943"/>
/// <code>
/// M = max(Σₖ max(∂f/∂Aₖ, 0) · Aₖ, 0)
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var query = new SaliencyQuery { Methods = [new LayerCam(SaliencyOptions.Default)], Classes = [null] }; // the most probable class
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMap map in new SaliencyAnalysis(network, query).Analyze(batch).SelectMany(maps => maps)) Console.WriteLine(map);
/// </code>
/// </example>
public sealed class LayerCam(SaliencyOptions options) : ActivationMap(options)
{
    /// <inheritdoc/>
    protected override Tensor Weights(Tensor activation, Tensor gradient) => gradient.relu();
}
