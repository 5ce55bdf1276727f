using CnnVis.Engine.Graphs.Walks;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>Springenberg, Dosovitskiy, Brox and Riedmiller 2015, section 3.4: the gradient, with negative parts left out at every ReLU.</summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1412.6806"/>
/// <code>
/// Rˡ = [xˡ > 0] · max(Rˡ⁺¹, 0)   at a ReLU, the gradient elsewhere
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var query = new SaliencyQuery { Methods = [new GuidedBackprop(SaliencyOptions.Default)], Classes = [null] }; // the most probable class
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMap map in new SaliencyAnalysis(network, query).Analyze(batch).SelectMany(maps => maps)) Console.WriteLine(map);
/// </code>
/// </example>
public sealed class GuidedBackprop : RuledGradient
{
    /// <param name="options">Not used.</param>
    public GuidedBackprop(SaliencyOptions options) => _ = options;

    /// <inheritdoc/>
    public override bool IsPicture => true;

    /// <inheritdoc/>
    protected override IBackwardRule Rule => ReluRule.Guided;
}
