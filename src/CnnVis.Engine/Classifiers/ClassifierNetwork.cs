using CnnVis.Engine.Graphs;
using CnnVis.Engine.Models;
using CnnVis.Engine.Targets.Answers;
using static TorchSharp.torch;

namespace CnnVis.Engine.Classifiers;

/// <summary>A network up to a layer, with a linear classifier behind it.</summary>
public static class ClassifierNetwork
{
    /// <summary>Makes it. Its parameters are its own, so that either network may be disposed.</summary>
    /// <param name="network">Whose layers.</param>
    /// <param name="layer">The last one that stays; its values are the codes.</param>
    /// <param name="head">What is put behind it.</param>
    /// <param name="name">What the new network is called.</param>
    /// <exception cref="CnnVisException">The classifier takes codes of another length.</exception>
    public static Network Create(Network network, CnnLayer layer, ClassifierHead head, string name)
    {
        int length = layer.OutputShape.Aggregate(1, (a, b) => a * b);
        if (head.Weight.Length != (long)head.Bias.Length * length)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"The codes have {head.Weight.Length / head.Bias.Length:N0} numbers, and those of {network.Name}'s layer {layer.Alias} {length:N0}: say by -Model and -Layer where they come from.", layer);
        if (!head.Weight.Concat(head.Bias).All(float.IsFinite)) throw new CnnVisException(ErrorIds.ComputationFailed, "The classifier's weights left the numbers that float32 holds: give a larger -WeightDecay.", layer);
        Network here = network.On("cpu");
        string code = here.Value(layer);
        Graph below = UpTo(here.Graph, code);
        using var scope = NewDisposeScope();
        var editor = new GraphEditor(below);
        if (here.Layout(code) is { IsPlain: false } maps) code = LayerMaps.Add(editor, code, maps);
        if (layer.OutputShape.Count != 1) code = editor.Add("flatten", "Flatten", [code], ("axis", 1L));
        string weight = editor.Constant("fc.weight", tensor(head.Weight, [head.Bias.Length, length])), bias = editor.Constant("fc.bias", tensor(head.Bias));
        string logits = editor.Add("fc", "Gemm", [code, weight, bias], ("transB", 1L));
        var parameters = below.Parameters.Concat(editor.Parameters).ToDictionary(StringComparer.Ordinal);
        var graph = new Graph(below.Input, [.. below.InputShape], [.. below.Nodes, .. editor.Added], parameters, logits);
        return Network.Create(name, $"{layer.Alias} of {network.Name} with a linear classifier", graph, new Dictionary<string, string>(), new ImportOptions
        {
            Classes = head.Classes,
            Answer = AnswerKind.Classes,
            ResizeMode = network.Input.ResizeMode,
            ResizeTo = network.Input.ResizeTo,
            Interpolation = network.Input.Interpolation,
            OwnArrayRange = (network.Input.Low, network.Input.High),
        });
    }

    /// <summary>The nodes that a value needs, and their parameters.</summary>
    private static Graph UpTo(Graph graph, string value)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal) { value };
        var kept = new List<Node>();
        foreach (Node node in graph.Nodes.Reverse().Where(n => needed.Contains(n.Output)))
        {
            kept.Add(node);
            needed.UnionWith(node.Inputs);
        }
        return new Graph(graph.Input, [.. graph.InputShape], kept, graph.Parameters.Where(p => needed.Contains(p.Key)).ToDictionary(p => p.Key, p => p.Value.clone().DetachFromDisposeScope(), StringComparer.Ordinal), value);
    }
}
