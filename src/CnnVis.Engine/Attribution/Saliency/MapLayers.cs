using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators.Shapes;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models;
using static CnnVis.Engine.Graphs.OperatorTraits;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>Layers whose maps are combined to one.</summary>
internal static class MapLayers
{
    /// <summary>What <c>-TargetLayer</c> calls the picture itself.</summary>
    public const string Image = "image";

    /// <summary>Name of the graph's value to combine for a target.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">What was asked for; null for the last layer with rows and columns that the target needs, before they are pooled away.</param>
    /// <param name="target">Name of the target's value.</param>
    /// <exception cref="CnnVisException">There is no such layer, it has no rows and columns, or the target does not need it.</exception>
    public static string Of(Network network, string? name, string target)
    {
        HashSet<string> below = Below(network, target);
        if (name is null)
        {
            // Maps of a single place say nothing of where.
            CnnLayer[] maps = [.. network.Layers.Where(l => below.Contains(network.Value(l)) && network.Layout(network.Value(l)) is { } map && map.Height * map.Width > 1)];
            HashSet<string> through = Through(network.Graph, below);
            if (maps.LastOrDefault() is { } end && network.Layout(network.Value(end))!.IsTokens && Array.Exists(maps, l => through.Contains(network.Value(l))))
                maps = Array.FindAll(maps, l => through.Contains(network.Value(l)));
            return (maps.LastOrDefault(l => !Follows(network.Graph.Nodes[l.Index].Operator)) ?? maps.LastOrDefault()) is { } last ? network.Value(last)
                : throw new CnnVisException(ErrorIds.InvalidArgument, $"{network.Name} has no layer with rows and columns below what is to be explained: methods that combine a layer's maps cannot explain it.", target);
        }
        if (name.Equals(Image, StringComparison.OrdinalIgnoreCase) && !network.Layers.Any(l => l.Alias == name || l.Name == name)) return network.Graph.Input;
        CnnLayer layer = network.Layer(name);
        if (network.Layout(network.Value(layer)) is null)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"{layer.Alias} of {network.Name} has no rows and columns. Name a layer that has, as {string.Join(", ", network.Layers.Where(l => network.Layout(network.Value(l)) is not null).TakeLast(3).Select(l => l.Alias))}.", name);
        if (!below.Contains(network.Value(layer)))
            throw new CnnVisException(ErrorIds.InvalidArgument, $"What is to be explained does not depend on {layer.Alias}: name a layer before it.", name);
        return network.Value(layer);
    }

    /// <summary>Whether it makes no maps of its own: it pools, moves or normalises what others made.</summary>
    private static bool Follows(Operator @operator) => @operator is Transpose || @operator.Traits.HasFlag(Pools) || @operator.Traits.HasFlag(PassesOn) || @operator.Traits.HasFlag(SoftmaxLike);

    /// <summary>
    /// The values whose maps a value needs, without itself. Where the last thing that is taken of tokens is a class token, what the tokens become after the last attention
    /// counts for nothing but in that token.
    /// </summary>
    private static HashSet<string> Below(Network network, string value)
    {
        var (graph, whole, beside) = (network.Maps, new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var open = new Stack<(string Value, bool Beside)>([(value, false)]);
        while (open.TryPop(out var next))
        {
            if (graph.Producer(next.Value) is not (>= 0 and var producer)) continue;
            Node node = graph.Nodes[producer];
            bool taken = SpatialWalk.TakesNoPlace(node, network.Tokens(node.Inputs[0]), network.Tokens(node.Output));
            foreach (string input in node.Inputs)
            {
                bool only = taken && input == node.Inputs[0] || next.Beside && network.Tokens(input) is not null;
                if ((only ? beside : whole).Add(input)) open.Push((input, only));
            }
        }
        return whole;
    }

    /// <summary>Those of the values through which all must go that comes from the picture: what went round a block is not in the block's inside.</summary>
    private static HashSet<string> Through(Graph graph, HashSet<string> below)
    {
        var lastUse = new Dictionary<string, int>(StringComparer.Ordinal);
        var computed = new HashSet<string>([graph.Input], StringComparer.Ordinal);
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            Node node = graph.Nodes[i];
            if (!node.Inputs.Any(computed.Contains)) continue;
            computed.Add(node.Output);
            foreach (string input in node.Inputs) lastUse[input] = i;
        }
        var through = new HashSet<string>(StringComparer.Ordinal);
        int latest = lastUse.GetValueOrDefault(graph.Input, -1);
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            string output = graph.Nodes[i].Output;
            if (!computed.Contains(output)) continue;
            if (latest <= i && below.Contains(output)) through.Add(output);
            latest = Math.Max(latest, lastUse.GetValueOrDefault(output, -1));
        }
        return through;
    }
}
