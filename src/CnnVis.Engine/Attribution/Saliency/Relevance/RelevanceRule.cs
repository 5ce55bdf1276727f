using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Graphs.Operators.Products;
using CnnVis.Engine.Graphs.Walks;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency.Relevance;

/// <summary>Sends relevance down a graph in place of a gradient: through, along, or shared out.</summary>
/// <param name="nodes">What the graph's nodes do.</param>
/// <param name="share">How a node shares its relevance out.</param>
internal sealed class RelevanceRule(RelevanceNodes nodes, Func<Node, IRelevanceShare> share) : IBackwardRule
{
    private readonly EpsilonShare _epsilon = new();

    public bool AppliesTo(Graph graph, Node node) => !nodes.IsRouting(node);

    public Tensor?[] Backward(Graph graph, Node node, Tensor?[] inputs, Tensor output, Tensor relevance)
    {
        Tensor?[] parts = new Tensor?[inputs.Length];
        if (nodes.IsProduct(node)) return OfProduct(node, inputs, output, relevance);
        if (!nodes.IsPassing(node)) return share(node).Split(nodes, node, inputs, output, relevance);
        int signal = nodes.Passed(node);
        // A MatMul and an Add are one fully connected layer: its bias takes its part as a Gemm's does.
        bool isBias = node.Operator.Type == OperatorNames.Add && graph.Producer(node.Inputs[signal]) is >= 0 and var p && graph.Nodes[p].Operator is MatMul;
        if (isBias && share(graph.Nodes[graph.Producer(node.Inputs[signal])]) is EpsilonShare epsilon) return epsilon.Split(nodes, node, inputs, output, relevance);
        if (!inputs[signal]!.shape.AsSpan().SequenceEqual(output.shape)) return _epsilon.Split(nodes, node, inputs, output, relevance);
        parts[signal] = relevance.clone();
        return parts;
    }

    /// <summary>A gate only lets through: the signal takes all (Arras et al. 2017). Without a gate, both factors take half.</summary>
    private Tensor?[] OfProduct(Node node, Tensor?[] inputs, Tensor output, Tensor relevance)
    {
        Tensor?[] parts = _epsilon.Split(nodes, node, inputs, output, relevance);
        if (nodes.Signal(node) is >= 0 and var signal) parts[1 - signal] = null;
        else parts = [.. parts.Select(p => p is null ? null : p / 2)];
        return parts;
    }
}
