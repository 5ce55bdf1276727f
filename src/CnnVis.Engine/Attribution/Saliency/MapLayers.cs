using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators.Shapes;
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
        HashSet<string> below = Below(network.Graph, target);
        if (name is null)
        {
            // Maps of a single place say nothing of where.
            CnnLayer[] maps = [.. network.Layers.Where(l => below.Contains(network.Value(l)) && l.OutputShape.Count == 3 && l.OutputShape[1] * l.OutputShape[2] > 1)];
            return (maps.LastOrDefault(l => !Follows(network.Graph.Nodes[l.Index].Operator)) ?? maps.LastOrDefault()) is { } last ? network.Value(last)
                : throw new CnnVisException(ErrorIds.InvalidArgument, $"{network.Name} has no layer with rows and columns below what is to be explained: methods that combine a layer's maps cannot explain it.", target);
        }
        if (name.Equals(Image, StringComparison.OrdinalIgnoreCase) && !network.Layers.Any(l => l.Alias == name || l.Name == name)) return network.Graph.Input;
        CnnLayer layer = network.Layer(name);
        if (layer.OutputShape.Count != 3)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"{layer.Alias} of {network.Name} has no rows and columns. Name a layer that has, as {string.Join(", ", network.Layers.Where(l => l.OutputShape.Count == 3).TakeLast(3).Select(l => l.Alias))}.", name);
        if (!below.Contains(network.Value(layer)))
            throw new CnnVisException(ErrorIds.InvalidArgument, $"What is to be explained does not depend on {layer.Alias}: name a layer before it.", name);
        return network.Value(layer);
    }

    /// <summary>Whether it makes no maps of its own: it pools, moves or normalises what others made.</summary>
    private static bool Follows(Operator @operator) => @operator is Transpose || @operator.Traits.HasFlag(Pools) || @operator.Traits.HasFlag(PassesOn) || @operator.Traits.HasFlag(SoftmaxLike);

    /// <summary>The values that a value needs, without itself.</summary>
    private static HashSet<string> Below(Graph graph, string value)
    {
        var below = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([value]);
        while (open.TryPop(out string? next))
            if (graph.Producer(next) is >= 0 and var producer)
                foreach (string input in graph.Nodes[producer].Inputs)
                    if (below.Add(input)) open.Push(input);
        return below;
    }
}
