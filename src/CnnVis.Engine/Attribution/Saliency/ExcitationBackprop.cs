using CnnVis.Engine.Attribution.Saliency.Relevance;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>
/// Zhang, Lin, Brandt, Shen and Sclaroff 2016, equations 1 and 2: the probability that a unit wins is handed down in proportion to activation times positive
/// weight. Read at the last layer with rows and columns, unless another one is named, as a sum over its channels; <c>image</c> reads it at the pixels. The map
/// adds up to 1, but for units that no input excites; what is missing is reported. Contrastive (section 3.3), the same for everything but the target is
/// subtracted, and the sum is 0.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1608.00507"/>
/// <code>
/// P(aⱼ) = Σᵢ aⱼ wᵢⱼ⁺ / (Σⱼ′ aⱼ′ wᵢⱼ′⁺) · P(aᵢ)
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var query = new SaliencyQuery { Methods = [new ExcitationBackprop(SaliencyOptions.Default)], Classes = [null] }; // the most probable class
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMap map in new SaliencyAnalysis(network, query).Analyze(batch).SelectMany(maps => maps)) Console.WriteLine(map);
/// </code>
/// </example>
public sealed class ExcitationBackprop(SaliencyOptions options) : RelevanceMethod
{
    private protected override string MapValue(SaliencyRequest request, ITarget target) => MapLayers.Of(request.Network, options.TargetLayer, target.Value);

    private protected override MapPlacement Placement => options.Placement;

    private protected override Func<Node, IRelevanceShare> Shares(RelevanceNodes nodes, IReadOnlyList<string> heads)
    {
        IRelevanceShare excitation = new SignedShare(1), contrastive = new SignedShare(1, contrastive: true);
        HashSet<Node> last = options.Contrastive ? nodes.Last(heads) : [];
        return node => last.Contains(node) ? contrastive : excitation;
    }

    private protected override Tensor Seed(ChosenTarget target, Tensor head) => target.Seed(head);

    private protected override float[] Total(ChosenTarget target) => [.. target.Scores.Select(_ => options.Contrastive ? 0f : 1f)];
}
