using DataType = CnnVis.Engine.Models.Onnx.TensorProto.Types.DataType;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>
/// Makes a file's graph one of a single picture input and a chosen output. Branches that need another input go, unless the answer needs them;
/// everything else stays, to be looked at.
/// </summary>
internal static class OnnxPorts
{
    /// <summary>Changes the graph in place: one input that is no parameter, of known size, channels first; the chosen output first.</summary>
    /// <param name="graph">Changed.</param>
    /// <param name="options">What the user asks for.</param>
    /// <param name="openSize">Rows and columns where the graph leaves them open, as the file's metadata state them; or null.</param>
    /// <returns>The range of pixels that the input's number format tells, or null where it tells none.</returns>
    /// <exception cref="CnnVisException">No input or output is the one, or the answer needs more than a picture.</exception>
    public static PixelRange? Choose(GraphProto graph, ImportOptions options, IReadOnlyList<int>? openSize)
    {
        foreach (InputConstant constant in options.Constants) OnnxConstantInput.Fix(graph, constant);
        var parameters = OnnxSubgraphs.Parameters(graph).ToHashSet(StringComparer.Ordinal);
        string output = Output(graph, options.OutputName);
        ValueInfoProto[] inputs = [.. graph.Input.Where(i => !parameters.Contains(i.Name)).DistinctBy(i => i.Name)];
        ValueInfoProto input = Input(graph, inputs, output, options.InputName);

        ValueInfoProto[] others = [.. inputs.Where(i => i != input)];
        HashSet<string> needOthers = others.Length == 0 ? [] : OnnxSubgraphs.From(graph.Node, others.Select(i => i.Name));
        if (needOthers.Contains(output))
        {
            var needed = OnnxSubgraphs.Behind(graph, output);
            throw Unreadable($"its output '{output}' needs more than the picture '{input.Name}': {string.Join(", ", others.Where(i => needed.Contains(i.Name)).Select(Described))}. {WaysOut(needOthers)}");
        }
        if (options.OutputName is not null) Cut(graph, output);
        if (needOthers.Count > 0)
        {
            NodeProto[] kept = [.. graph.Node.Where(n => !OnnxSubgraphs.Taken(n).Any(needOthers.Contains))];
            graph.Node.Clear();
            graph.Node.AddRange(kept);
        }
        foreach (ValueInfoProto other in others) graph.Input.Remove(other);
        PixelRange? range = (DataType)(input.Type?.TensorType?.ElemType ?? 0) == DataType.Uint8 ? PixelRange.Byte : null;
        OnnxInput.Settle(graph, input, options.InputSize, openSize, options.Layout);
        return range;

        string WaysOut(HashSet<string> unusable)
        {
            string first = others.First(i => OnnxSubgraphs.Behind(graph, output).Contains(i.Name)).Name;
            string[] usable = [.. graph.Output.Select(o => o.Name).Where(o => !unusable.Contains(o))];
            return $"Fix them with -Constant, as in -Constant '{first}=1' for a number that fills it, or '{first}=values.npy' for an array{(usable.Length > 0 ? $"; or choose an output that does not need them with -OutputName: {string.Join(", ", usable)}" : "")}.";
        }
    }

    private static bool HasFractions(ValueInfoProto value) =>
        value.Type?.TensorType?.ElemType is (int)TensorProto.Types.DataType.Float or (int)TensorProto.Types.DataType.Double or (int)TensorProto.Types.DataType.Float16 or (int)TensorProto.Types.DataType.Bfloat16;

    /// <summary>The value that a name means: an output, another value, or what a node of that name gives; null where there is none.</summary>
    public static string? Value(GraphProto graph, string name) => graph.Output.Any(o => o.Name == name) || graph.Node.Any(n => n.Output.Contains(name)) ? name
        : graph.Node.FirstOrDefault(n => n.Name == name)?.Output.FirstOrDefault(o => o.Length > 0);

    private static string Output(GraphProto graph, string? wanted)
    {
        // Where the number of the best class comes first, as of classical classifiers, the scores beside it are the answer.
        wanted ??= graph.Output.Count > 0 ? (graph.Output.FirstOrDefault(HasFractions) ?? graph.Output[0]).Name : throw Unreadable("it declares no output; name the value that is its answer with -OutputName.");
        if (Value(graph, wanted) is not { } found)
        {
            string[] names = [.. graph.Output.Select(o => o.Name), .. Suggestion.For(wanted, graph.Node.SelectMany(n => n.Output).Where(o => o.Length > 0))];
            throw new CnnVisException(ErrorIds.InvalidArgument, $"it has no output '{wanted}'. Its outputs, and values of like names, are {string.Join(", ", names.Distinct())}.", wanted);
        }
        ValueInfoProto chosen = graph.Output.FirstOrDefault(o => o.Name == found) ?? new ValueInfoProto { Name = found };
        graph.Output.Remove(chosen);
        graph.Output.Insert(0, chosen);
        return found;
    }

    /// <summary>What the chosen value does not need is left out, before anything is judged.</summary>
    private static void Cut(GraphProto graph, string output)
    {
        HashSet<string> needed = OnnxSubgraphs.Behind(graph, output);
        NodeProto[] kept = [.. graph.Node.Where(n => n.Output.Any(needed.Contains))];
        graph.Node.Clear();
        graph.Node.AddRange(kept);
        while (graph.Output.Count > 1) graph.Output.RemoveAt(1);
    }

    private static ValueInfoProto Input(GraphProto graph, ValueInfoProto[] inputs, string output, string? wanted)
    {
        if (inputs.Length == 0) throw Unreadable("it has no input that a picture could go into.");
        if (wanted is not null)
            return inputs.FirstOrDefault(i => i.Name == wanted) ?? throw new CnnVisException(ErrorIds.InvalidArgument, $"it has no input '{wanted}'. Its inputs are {string.Join(", ", inputs.Select(Described))}.", wanted);
        if (inputs.Length == 1) return inputs[0];
        ValueInfoProto[] images = [.. inputs.Where(OnnxInput.IsImage)];
        if (images.Length == 0) images = [.. inputs.Where(OnnxInput.IsSignal)];
        if (images.Length > 1)
        {
            var needed = OnnxSubgraphs.Behind(graph, output);
            images = [.. images.Where(i => needed.Contains(i.Name))];
        }
        return images.Length == 1 ? images[0]
            : throw new CnnVisException(ErrorIds.InvalidArgument, $"it has {inputs.Length} inputs, and {(images.Length == 0 ? "none" : "more than one")} looks like a picture: {string.Join(", ", inputs.Select(Described))}. Choose one with -InputName, and fix what else the answer needs with -Constant 'name=value'.");
    }

    private static string Described(ValueInfoProto input) => $"{input.Name} [{string.Join(", ", OnnxInput.Extents(input)?.Select(d => d > 0 ? $"{d}" : "?") ?? ["?"])}]";

    private static CnnVisException Unreadable(string what) => new(ErrorIds.ModelUnreadable, what);
}
