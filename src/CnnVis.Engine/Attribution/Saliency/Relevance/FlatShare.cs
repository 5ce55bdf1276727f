using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency.Relevance;

/// <summary>Every input that a unit looks at gets the same (Lapuschkin et al. 2019): for the first layer, where pixels have no natural zero. Of sums and means too.</summary>
internal sealed class FlatShare : IRelevanceShare
{
    public Tensor?[] Split(RelevanceNodes nodes, Node node, Tensor?[] inputs, Tensor output, Tensor relevance)
    {
        IReadOnlyList<int> computed = nodes.Computed(node);
        int weights = nodes.Weights(node);
        // Without a bias, and with all that is added up, and what it is multiplied by, at 1.
        Tensor?[] ones = [.. inputs.Take(weights >= 0 ? 2 : inputs.Length).Select((x, i) => i == weights || computed.Contains(i) ? ones_like(x!) : x)];
        Tensor quotient = Quotient.Of(relevance, node.Operator.Forward(ones));
        Tensor?[] parts = new Tensor?[inputs.Length];
        foreach (int i in computed) parts[i] = LocalGradient.Of(node, ones, quotient, i);
        return parts;
    }
}
