using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>x · ∂f/∂x (Shrikumar et al. 2016), with x in [0, 1]: the first-order share of a pixel against black.</summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1605.01713"/>
/// <code>
/// M = x · ∂f/∂x
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var query = new SaliencyQuery { Methods = [new GradientTimesInput(SaliencyOptions.Default)], Classes = [null] }; // the most probable class
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMap map in new SaliencyAnalysis(network, query).Analyze(batch).SelectMany(maps => maps)) Console.WriteLine(map);
/// </code>
/// </example>
public sealed class GradientTimesInput : RuledGradient
{
    /// <param name="options">Not used.</param>
    public GradientTimesInput(SaliencyOptions options) => _ = options;

    /// <inheritdoc/>
    protected override Tensor Map(Tensor pixels, Tensor gradient) => pixels * gradient;
}
