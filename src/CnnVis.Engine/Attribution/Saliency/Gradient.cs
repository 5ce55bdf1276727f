namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>∂f/∂x (Simonyan, Vedaldi and Zisserman 2013, section 3): how much each pixel, in [0, 1], changes the score.</summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1312.6034"/>
/// <code>
/// M = ∂f/∂x
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var query = new SaliencyQuery { Methods = [new Gradient(SaliencyOptions.Default)], Classes = [null] }; // the most probable class
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMap map in new SaliencyAnalysis(network, query).Analyze(batch).SelectMany(maps => maps)) Console.WriteLine(map);
/// </code>
/// </example>
public sealed class Gradient : RuledGradient
{
    /// <param name="options">Not used.</param>
    public Gradient(SaliencyOptions options) => _ = options;
}
