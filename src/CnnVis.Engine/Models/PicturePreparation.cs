using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Graphs.Operators.Shapes;

namespace CnnVis.Engine.Models;

/// <summary>What a graph does to the picture before the network proper begins: colours reordered, mean and deviation, channels last. None of it is learned.</summary>
internal static class PicturePreparation
{
    /// <summary>The nodes from the picture on that take nothing but it and constants.</summary>
    public static HashSet<Node> Nodes(Graph graph)
    {
        var prepared = new HashSet<string>(StringComparer.Ordinal) { graph.Input };
        var nodes = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        foreach (Node node in graph.Nodes)
        {
            if (node.Operator is not (Gather or Transpose or { Type: OperatorNames.Sub or OperatorNames.Div }) || node.Inputs.Count == 0 || !prepared.Contains(node.Inputs[0]) || !node.Inputs.Skip(1).All(graph.Parameters.ContainsKey)) continue;
            prepared.Add(node.Output);
            nodes.Add(node);
        }
        return nodes;
    }

    /// <summary>Parameters of the network proper, by name in ordinal order: floating-point numbers that something beside the preparation takes.</summary>
    public static IEnumerable<KeyValuePair<string, TorchSharp.torch.Tensor>> Weights(Graph graph)
    {
        HashSet<Node> preparation = Nodes(graph);
        var used = graph.Nodes.Where(n => !preparation.Contains(n)).SelectMany(n => n.Inputs).ToHashSet(StringComparer.Ordinal);
        return graph.Parameters.Where(p => used.Contains(p.Key) && p.Value.is_floating_point()).OrderBy(p => p.Key, StringComparer.Ordinal);
    }
}
