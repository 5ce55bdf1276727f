using CnnVis.Engine.Graphs;
using CnnVis.Engine.Targets.Answers;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models;

/// <summary>
/// Layers whose places are tokens, or whose channels come last, as maps, [N, C, rows, columns]: by nodes behind a network's own, so that whoever asks for a value by its name
/// (activations, units, neurons, codes, occlusion) need not know how its maps lie. Tokens that are no place, as a class token, are left out. Where pictures are not in the first axis, they are brought there.
/// </summary>
internal sealed class LayerMaps
{
    private readonly Dictionary<string, string> _maps = new(StringComparer.Ordinal);

    /// <param name="graph">The network.</param>
    /// <param name="layouts">How the maps of its values lie.</param>
    /// <param name="pictures">Of values whose first axis is not the pictures' alone: where they are, and the value's shape.</param>
    public LayerMaps(Graph graph, IReadOnlyDictionary<string, PlaneLayout> layouts, IReadOnlyDictionary<string, (PictureAxis Axis, long[] Shape)> pictures)
    {
        Graph = graph;
        if (layouts.Values.All(l => l.IsPlain) && pictures.Count == 0) return;
        var editor = new GraphEditor(graph);
        foreach (Node node in graph.Nodes)
            if (pictures.TryGetValue(node.Output, out var moved)) _maps[node.Output] = editor.PicturesFirst(node.Output, moved.Axis, moved.Shape);
        foreach (Node node in graph.Nodes)
            if (layouts.TryGetValue(node.Output, out PlaneLayout? layout) && !layout.IsPlain) _maps[node.Output] = Add(editor, node.Output, layout);
        var parameters = new Dictionary<string, Tensor>(graph.Parameters, StringComparer.Ordinal);
        foreach (var (name, value) in editor.Parameters) parameters[name] = value; // shapes, wherever the network computes
        Graph = new Graph(graph.Input, [.. graph.InputShape], [.. graph.Nodes, .. editor.Added], parameters, graph.Output, graph.Outputs);
    }

    /// <summary>The network with the maps.</summary>
    public Graph Graph { get; }

    /// <summary>Name of the value that has the maps of a value, which is that value where they lie as [N, C, rows, columns], or where it has none.</summary>
    public string Of(string value) => _maps.GetValueOrDefault(value, value);

    /// <summary>Name of the value whose maps a value has.</summary>
    public string From(string maps) => _maps.FirstOrDefault(m => m.Value == maps, new(maps, maps)).Key;

    /// <summary>Adds the nodes that give a value's maps; gives their name.</summary>
    public static string Add(GraphEditor editor, string value, PlaneLayout layout)
    {
        string maps = value;
        if (layout.Tokens is { } tokens)
            maps = editor.Add("maps.places", "Slice", [maps, Integers("maps.first", tokens.Before), Integers("maps.end", tokens.Before + tokens.Places), Integers("maps.axis", tokens.Axis)]);
        if (layout.IsChannelsLast) maps = editor.Add("maps.channels", "Transpose", [maps], ("perm", layout.IsTokens ? new long[] { 0, 2, 1 } : [0, 3, 1, 2]));
        return layout.IsTokens ? editor.Add("maps", "Reshape", [maps, Integers("maps.shape", -1, layout.Channels, layout.Height, layout.Width)]) : maps;

        string Integers(string name, params long[] values) => editor.Constant(name, tensor(values));
    }
}
