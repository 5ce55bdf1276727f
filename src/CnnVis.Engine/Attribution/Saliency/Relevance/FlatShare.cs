using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency.Relevance;

/// <summary>Every input that a unit looks at gets the same (Lapuschkin et al. 2019): for the first layer, where pixels have no natural zero.</summary>
internal sealed class FlatShare : IRelevanceShare
{
    public Tensor?[] Split(RelevanceNodes nodes, Node node, Tensor?[] inputs, Tensor output, Tensor relevance)
    {
        int weights = nodes.Weights(node), input = 1 - weights;
        Tensor?[] ones = new Tensor?[2];
        (ones[weights], ones[input]) = (ones_like(inputs[weights]!), ones_like(inputs[input]!));
        Tensor?[] parts = new Tensor?[inputs.Length];
        parts[input] = LocalGradient.Of(node, ones, Quotient.Of(relevance, node.Operator.Forward(ones)), input);
        return parts;
    }
}
