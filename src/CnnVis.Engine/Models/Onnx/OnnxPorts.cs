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
        var users = graph.Node.SelectMany(n => OnnxSubgraphs.Taken(n).Select(v => (v, n))).ToLookup(u => u.v, u => u.n, StringComparer.Ordinal);
        foreach (InputConstant constant in options.Constants) OnnxConstantInput.Fix(graph, constant);
        var parameters = graph.Initializer.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        string output = Output(graph, options.OutputName);
        ValueInfoProto[] inputs = [.. graph.Input.Where(i => !parameters.Contains(i.Name)).DistinctBy(i => i.Name)];
        ValueInfoProto input = Input(graph, inputs, output, options.InputName);

        ValueInfoProto[] others = [.. inputs.Where(i => i != input)];
        var needOthers = Reached(others.Select(i => i.Name), v => users[v].SelectMany(n => n.Output));
        if (needOthers.Contains(output))
        {
            var needed = Behind(graph, output);
            throw Unreadable($"its output '{output}' needs more than the picture '{input.Name}': {string.Join(", ", others.Where(i => needed.Contains(i.Name)).Select(Described))}. {WaysOut(needOthers)}");
        }
        NodeProto[] kept = [.. graph.Node.Where(n => !OnnxSubgraphs.Taken(n).Any(needOthers.Contains))];
        graph.Node.Clear();
        graph.Node.AddRange(kept);
        foreach (ValueInfoProto other in others) graph.Input.Remove(other);
        PixelRange? range = (DataType)(input.Type?.TensorType?.ElemType ?? 0) == DataType.Uint8 ? PixelRange.Byte : null;
        OnnxInput.Settle(graph, input, options.InputSize, openSize, options.Layout);
        return range;

        string WaysOut(HashSet<string> unusable)
        {
            string first = others.First(i => Behind(graph, output).Contains(i.Name)).Name;
            string[] usable = [.. graph.Output.Select(o => o.Name).Where(o => !unusable.Contains(o))];
            return $"Fix them with -Constant, as in -Constant '{first}=1' for a number that fills it, or '{first}=values.npy' for an array{(usable.Length > 0 ? $"; or choose an output that does not need them with -OutputName: {string.Join(", ", usable)}" : "")}.";
        }
    }

    private static string Output(GraphProto graph, string? wanted)
    {
        if (wanted is null) return graph.Output.Count > 0 ? graph.Output[0].Name : throw Unreadable("it declares no output; name the value that is its answer with -OutputName.");
        ValueInfoProto? chosen = graph.Output.FirstOrDefault(o => o.Name == wanted);
        if (chosen is null)
        {
            if (!graph.Node.Any(n => n.Output.Contains(wanted)))
            {
                string[] names = [.. graph.Output.Select(o => o.Name), .. Suggestion.For(wanted, graph.Node.SelectMany(n => n.Output).Where(o => o.Length > 0))];
                throw new CnnVisException(ErrorIds.InvalidArgument, $"it has no output '{wanted}'. Its outputs, and values of like names, are {string.Join(", ", names.Distinct())}.", wanted);
            }
            chosen = new ValueInfoProto { Name = wanted };
        }
        graph.Output.Remove(chosen);
        graph.Output.Insert(0, chosen);
        return wanted;
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
            var needed = Behind(graph, output);
            images = [.. images.Where(i => needed.Contains(i.Name))];
        }
        return images.Length == 1 ? images[0]
            : throw new CnnVisException(ErrorIds.InvalidArgument, $"it has {inputs.Length} inputs, and {(images.Length == 0 ? "none" : "more than one")} looks like a picture: {string.Join(", ", inputs.Select(Described))}. Choose one with -InputName, and fix what else the answer needs with -Constant 'name=value'.");
    }

    /// <summary>Every value that a value is computed from, itself included.</summary>
    private static HashSet<string> Behind(GraphProto graph, string value)
    {
        var sources = graph.Node.SelectMany(n => n.Output.Select(o => (o, n))).ToLookup(s => s.o, s => s.n, StringComparer.Ordinal);
        return Reached([value], v => sources[v].SelectMany(OnnxSubgraphs.Taken));
    }

    private static HashSet<string> Reached(IEnumerable<string> from, Func<string, IEnumerable<string>> next)
    {
        var reached = new HashSet<string>(from, StringComparer.Ordinal);
        var waiting = new Stack<string>(reached);
        while (waiting.TryPop(out string? value))
            foreach (string other in next(value))
                if (reached.Add(other)) waiting.Push(other);
        return reached;
    }

    private static string Described(ValueInfoProto input) => $"{input.Name} [{string.Join(", ", OnnxInput.Extents(input)?.Select(d => d > 0 ? $"{d}" : "?") ?? ["?"])}]";

    private static CnnVisException Unreadable(string what) => new(ErrorIds.ModelUnreadable, what);
}
