using CnnVis.Engine.Attribution.Saliency.Relevance;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators.Products;
using CnnVis.Engine.Models;
using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>
/// Bach, Binder, Montavon, Klauschen, Müller and Samek 2015: the score is handed down layer by layer, each unit sharing out what it got among its
/// inputs, so that the map adds up to the score but for what biases took, which is reported. Batch normalisation is folded into
/// convolutions; maxima hand all to the winner; sums and means share out as convolutions do.
/// </summary>
/// <remarks>
/// <see href="https://doi.org/10.1371/journal.pone.0130140"/>
/// <code>
/// Epsilon    Rⱼ = Σᵢ aⱼ wᵢⱼ / (zᵢ + ε sign zᵢ) · Rᵢ,   zᵢ = Σⱼ aⱼ wᵢⱼ + bᵢ
/// AlphaBeta  Rⱼ = Σᵢ (2 (aⱼ wᵢⱼ)⁺ / zᵢ⁺ − (aⱼ wᵢⱼ)⁻ / zᵢ⁻) · Rᵢ
/// ZPlus      Rⱼ = Σᵢ (aⱼ wᵢⱼ)⁺ / zᵢ⁺ · Rᵢ
/// Flat       Rⱼ = Σᵢ 1 / |inputs of i| · Rᵢ
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var query = new SaliencyQuery { Methods = [new LayerwiseRelevance(SaliencyOptions.Default)], Classes = [null] }; // the most probable class
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMap map in new SaliencyAnalysis(network, query).Analyze(batch).SelectMany(maps => maps)) Console.WriteLine(map);
/// </code>
/// </example>
public sealed class LayerwiseRelevance(SaliencyOptions options) : RelevanceMethod
{
    private protected override string MapValue(SaliencyRequest request, ITarget target) => request.Network.Graph.Input;

    private protected override Func<Node, IRelevanceShare> Shares(RelevanceNodes nodes, IReadOnlyList<string> heads)
    {
        IRelevanceShare epsilon = new EpsilonShare(), alphaBeta = new SignedShare(2), zPlus = new SignedShare(1), flat = new FlatShare();
        HashSet<Node> first = nodes.First();
        return options.Rule switch
        {
            RelevanceRuleKind.Epsilon => _ => epsilon,
            RelevanceRuleKind.AlphaBeta => _ => alphaBeta,
            RelevanceRuleKind.ZPlus => _ => zPlus,
            RelevanceRuleKind.Flat => _ => flat,
            _ => node => first.Contains(node) ? flat : node.Operator is Gemm or MatMul ? epsilon : zPlus,
        };
    }

    private protected override Tensor Seed(ChosenTarget target, Tensor head) => target.Seed(head) * head;

    private protected override float[] Total(ChosenTarget target) => target.Scores;
}
