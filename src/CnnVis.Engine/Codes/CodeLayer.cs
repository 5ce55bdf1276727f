using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators.Convolutions;
using CnnVis.Engine.Graphs.Operators.Products;
using CnnVis.Engine.Models;

namespace CnnVis.Engine.Codes;

/// <summary>Which layer is a network's code, where nobody says it.</summary>
public static class CodeLayer
{
    /// <summary>
    /// The layer that the classifier reads, the last with weights: in AlexNet and VGG the last ReLU. Networks with a global pooling behind that give the pooled
    /// ReLUs. What only changes the shape, and dropout, is passed over.
    /// </summary>
    public static CnnLayer Of(Network network)
    {
        IReadOnlyList<Node> nodes = network.Graph.Nodes;
        if (network.Answer == AnswerKind.Codes) return network.Layers[network.Graph.Producer(network.Graph.Output)];
        int classifier = Enumerable.Range(0, network.Layers.Count).LastOrDefault(i => IsClassifier(network, i), network.Layers.Count - 1);
        int? found = Producer(nodes, nodes[classifier]);
        while (found is { } at && nodes[at].Operator.Traits.HasFlag(OperatorTraits.PassesOn)) found = Producer(nodes, nodes[at]);
        return network.Layers[found ?? classifier];
    }

    private static bool IsClassifier(Network network, int index) =>
        network.Graph.Nodes[index].Operator is Conv or Gemm or MatMul && network.Layers[index].ParameterCount > 0;

    private static int? Producer(IReadOnlyList<Node> nodes, Node node)
    {
        for (int i = 0; i < nodes.Count; i++)
            if (nodes[i].Output == node.Inputs[0]) return i;
        return null;
    }
}
