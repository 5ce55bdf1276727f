using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators.Convolutions;
using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Engine.Filters;

/// <summary>Which plane of a value is which colour of the picture, where nothing but its preparation lies between: mean and deviation, another order of colours, however a file writes that.</summary>
internal static class FilterColors
{
    /// <summary>What a plane may have of another colour, of what it has of its own.</summary>
    private const float Mixed = 1e-3f;

    private static readonly HashSet<string> _preparation = new(
        ["Sub", "Div", "Mul", "Add", "BatchNormalization", "Identity", "Cast", "Gather", "Split", "Slice", "Concat", "Transpose", "Clip", "Squeeze", "Unsqueeze", "Reshape"], StringComparer.Ordinal);

    /// <summary>The places of red, green and blue among the three planes; null where they are no colours.</summary>
    public static long[]? Of(Network network, string value)
    {
        if (network.Input.Channels != 3 || !IsPrepared(network.Graph, value)) return null;
        if (value == network.Graph.Input) return [0, 1, 2];
        using var scope = NewDisposeScope();
        Tensor shown = cat([zeros(1, 3), eye(3)]).reshape(4, 3, 1, 1).expand(4, 3, network.Input.Height, network.Input.Width); // black, red, green, blue
        Tensor planes = network.Forward(shown.to(network.TorchDevice).contiguous(), [value])[0]; // [4, 3, H, W]
        if (planes.shape is not [4, 3, ..]) return null;
        float[] means = planes.flatten(2).mean([2]).cpu().contiguous().data<float>().ToArray();
        long[] places = new long[3];
        for (int color = 0; color < 3; color++)
        {
            float[] gain = [.. Enumerable.Range(0, 3).Select(p => means[3 * (color + 1) + p] - means[p])];
            int own = Array.IndexOf(gain, gain.Max());
            if (!(gain[own] > 0) || gain.Where((g, p) => p != own).Any(g => Math.Abs(g) > Mixed * gain[own])) return null;
            places[color] = own;
        }
        return places.Distinct().Count() == 3 ? places : null;
    }

    /// <summary>Whether all that lies between the picture and a value treats every place alike.</summary>
    private static bool IsPrepared(Graph graph, string value)
    {
        var waiting = new Stack<string>([value]);
        while (waiting.TryPop(out string? at))
        {
            if (graph.Producer(at) is not (>= 0 and var producer)) continue;
            Node node = graph.Nodes[producer];
            if (!_preparation.Contains(node.Operator.Type) && !IsPointwise(graph, node)) return false;
            foreach (string input in node.Inputs) waiting.Push(input);
        }
        return true;
    }

    /// <summary>A convolution of 1 × 1, which may only put colours in another order.</summary>
    private static bool IsPointwise(Graph graph, Node node) => node.Operator is Conv && graph.Parameters.TryGetValue(node.Inputs[1], out Tensor? weights) && weights.shape is [3, _, 1, 1];
}
