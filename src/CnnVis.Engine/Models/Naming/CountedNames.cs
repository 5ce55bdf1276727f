using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Graphs.Operators.Convolutions;
using CnnVis.Engine.Graphs.Operators.Pooling;
using CnnVis.Engine.Graphs.Operators.Products;
using CnnVis.Engine.Graphs.Operators.Shapes;

namespace CnnVis.Engine.Models.Naming;

/// <summary>
/// Names for a network of any make. Layers with weights are counted through (conv1 … conv5, fc6), as Krizhevsky et al. 2012 do; what follows one carries its number
/// (relu5, pool5). Plain stacks of 3×3 convolutions between pools are numbered by stage, as Simonyan and Zisserman 2014 do (conv5_3, pool5, fc6).
/// </summary>
internal static class CountedNames
{
    /// <summary>The names of the graph's nodes, in their order; some may repeat.</summary>
    public static string[] Of(Graph graph)
    {
        bool byStage = IsStaged(graph);
        string[] names = new string[graph.Nodes.Count];
        int weighted = 0, stage = 1, inStage = 0, sums = 0, concats = 0;
        string last = "";
        for (int i = 0; i < names.Length; i++)
        {
            Node node = graph.Nodes[i];
            string kind = NodeKinds.Of(graph, node);
            if (NodeKinds.IsWeighted(graph, node))
            {
                last = !byStage ? $"{++weighted}" : node.Operator is Conv ? $"{stage}_{++inStage}" : $"{stage++}";
                names[i] = kind + last;
            }
            else if (byStage && NodeKinds.IsPool(node))
            {
                names[i] = $"{kind}{stage++}";
                inStage = 0;
            }
            else
            {
                names[i] = kind switch
                {
                    "flatten" or "prob" or "mean" or "deviation" => kind,
                    "concat" => $"{kind}{++concats}",
                    _ when IsBias(graph, node) => "bias" + last,
                    "add" => $"{kind}{++sums}",
                    _ => kind + last,
                };
            }
        }
        return names;
    }

    private static bool IsStaged(Graph graph)
    {
        Node[] convolutions = [.. graph.Nodes.Where(n => n.Operator is Conv)];
        return convolutions.Length >= 8
            && graph.Nodes.Count(n => n.Operator is MaxPool) >= 4
            && !graph.Nodes.Any(n => n.Operator is Concat or { Type: OperatorNames.Add })
            && convolutions.All(n => graph.Parameters.TryGetValue(n.Inputs[1], out var weight) && weight.shape is [_, _, 3, 3]);
    }

    private static bool IsBias(Graph graph, Node node) => node.Operator.Type == OperatorNames.Add
        && node.Inputs.Any(graph.Parameters.ContainsKey) && node.Inputs.Any(v => graph.Producer(v) is >= 0 and var p && graph.Nodes[p].Operator is MatMul);
}
