using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators.Convolutions;
using CnnVis.Engine.Graphs.Operators.Normalization;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency.Relevance;

/// <summary>
/// Batch normalisation that follows a convolution becomes part of its weights: w′ = w · s and b′ = (b − mean) · s + bias with s = scale / √(variance + ε). The
/// network computes the same in fewer steps, and what is shared out by weights is shared out by the weights that count.
/// </summary>
internal static class BatchNormFolding
{
    /// <summary>The same network, folded where it can be. Dispose it; the original keeps its own parameters.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="kept">Names of values that must stay.</param>
    public static Graph Fold(Graph graph, IReadOnlyCollection<string> kept)
    {
        var parameters = graph.Parameters.ToDictionary(p => p.Key, p => p.Value.alias().DetachFromDisposeScope(), StringComparer.Ordinal);
        ILookup<string, Node> users = graph.Nodes.SelectMany(n => n.Inputs.Distinct().Select(v => (v, n))).ToLookup(u => u.v, u => u.n);
        var nodes = new List<Node>();
        var folded = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        foreach (Node node in graph.Nodes)
        {
            if (folded.Contains(node)) continue;
            bool follows = node.Operator is Conv && parameters.ContainsKey(node.Inputs[1]) && node.Output != graph.Output && !kept.Contains(node.Output);
            if (follows && users[node.Output].ToArray() is [{ Operator: BatchNormalization } norm] && norm.Inputs[0] == node.Output && norm.Inputs.Skip(1).All(parameters.ContainsKey))
            {
                folded.Add(norm);
                nodes.Add(Folded(node, norm, parameters));
            }
            else
            {
                nodes.Add(node);
            }
        }
        return new Graph(graph.Input, [.. graph.InputShape], nodes, parameters, graph.Output);
    }

    private static Node Folded(Node conv, Node norm, Dictionary<string, Tensor> parameters)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        Tensor[] p = [.. norm.Inputs.Skip(1).Select(v => parameters[v])]; // scale, bias, mean, variance, each [M]
        Tensor weight = parameters[conv.Inputs[1]], factor = p[0] / (p[3] + norm.Operator.Attributes.Number("epsilon", 1e-5f)).sqrt();
        Tensor bias = conv.Inputs.Count > 2 && conv.Inputs[2].Length > 0 ? parameters[conv.Inputs[2]] : zeros_like(p[2]);
        string[] names = [conv.Name + ".folded.weight", conv.Name + ".folded.bias"];
        parameters[names[0]] = (weight * factor.reshape([-1, .. Enumerable.Repeat(1L, (int)weight.dim() - 1)])).DetachFromDisposeScope();
        parameters[names[1]] = ((bias - p[2]) * factor + p[1]).DetachFromDisposeScope();
        return conv with { Inputs = [conv.Inputs[0], .. names], Output = norm.Output };
    }
}
