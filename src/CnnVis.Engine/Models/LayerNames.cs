using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;

namespace CnnVis.Engine.Models;

/// <summary>
/// Names in the papers' style for any network. Layers with weights are counted through (conv1 … conv5, fc6), as Krizhevsky et al. 2012 do; what
/// follows one carries its number (relu5, pool5). Plain stacks of 3×3 convolutions between pools are numbered by stage, as Simonyan and
/// Zisserman 2014 do (conv5_3, pool5, fc6).
/// </summary>
internal static class LayerNames
{
    /// <summary>The aliases of the graph's nodes, in their order; unique.</summary>
    public static string[] Of(Graph graph)
    {
        bool byStage = IsStaged(graph);
        string[] names = new string[graph.Nodes.Count];
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        int weighted = 0, stage = 1, inStage = 0, adds = 0, concats = 0;
        string last = "";
        for (int i = 0; i < names.Length; i++)
        {
            Node node = graph.Nodes[i];
            string name;
            switch (node.Operator)
            {
                case Conv when byStage:
                    last = $"{stage}_{++inStage}";
                    name = "conv" + last;
                    break;
                case Conv:
                    last = $"{++weighted}";
                    name = "conv" + last;
                    break;
                case Gemm or MatMul:
                    last = byStage ? $"{stage++}" : $"{++weighted}";
                    name = "fc" + last;
                    break;
                case MaxPool or AveragePool when byStage:
                    name = $"pool{stage++}";
                    inStage = 0;
                    break;
                case Add when IsBias(graph, i):
                    name = "bias" + last;
                    break;
                case Sub when node.Inputs[0] == graph.Input:
                    name = "mean";
                    break;
                case Div when last.Length == 0:
                    name = "deviation";
                    break;
                default:
                    name = node.Operator switch
                    {
                        Relu => "relu" + last,
                        MaxPool or AveragePool => "pool" + last,
                        GlobalAveragePool => "pool" + last,
                        BatchNormalization => "bn" + last,
                        LRN => "norm" + last,
                        Dropout => "drop" + last,
                        Flatten or Reshape => "flatten",
                        Softmax when node.Output == graph.Output => "prob",
                        Add => $"add{++adds}",
                        Concat => $"concat{++concats}",
                        _ => node.Operator.Type.ToLowerInvariant() + last,
                    };
                    break;
            }
            string unique = name;
            for (int copy = 2; !taken.Add(unique); copy++) unique = $"{name}_{copy}";
            names[i] = unique;
        }
        return names;
    }

    private static bool IsStaged(Graph graph)
    {
        Node[] convolutions = [.. graph.Nodes.Where(n => n.Operator is Conv)];
        return convolutions.Length >= 8
            && graph.Nodes.Count(n => n.Operator is MaxPool) >= 4
            && !graph.Nodes.Any(n => n.Operator is Concat or Add)
            && convolutions.All(n => graph.Parameters.TryGetValue(n.Inputs[1], out var weight) && weight.shape is [_, _, 3, 3]);
    }

    private static bool IsBias(Graph graph, int index)
    {
        Node node = graph.Nodes[index];
        return node.Inputs.Any(graph.Parameters.ContainsKey) && node.Inputs.Any(v => graph.Producer(v) is >= 0 and var p && graph.Nodes[p].Operator is MatMul);
    }
}
