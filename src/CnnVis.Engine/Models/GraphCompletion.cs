using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Targets.Answers;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models;

/// <summary>
/// Makes a file's graph one that takes pictures in [0, 1], colours as red, green, blue, and answers with probabilities. A network that takes
/// x·s + o of a pixel x, and then wants (x·s + o − mean) / deviation, is given (x − (mean − o)/s) / (deviation/s).
/// </summary>
internal static class GraphCompletion
{
    /// <summary>Prepares the picture at the front where something is stated of it, and brings the answer to probabilities where it has such.</summary>
    /// <exception cref="CnnVisException">What is stated does not go with the network.</exception>
    /// <param name="graph">The file's graph.</param>
    /// <param name="input">The picture that it takes.</param>
    /// <param name="options">What is stated.</param>
    /// <param name="labels">How many labels are given; null for none.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    public static (Graph Graph, Answer Answer) Complete(Graph graph, CnnInput input, ImportOptions options, int? labels, CancellationToken cancellation)
    {
        var editor = new GraphEditor(graph);
        var nodes = new List<Node>();
        var parameters = new Dictionary<string, Tensor>(graph.Parameters, StringComparer.Ordinal);
        string picture = graph.Input, prepared = picture;
        if ((options.Mean is not null || options.MeanImage is not null) && OwnMean(graph) is { } own)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"The file subtracts a mean itself (node '{own.Name}'): leave -Mean, -MeanImage and -StandardDeviation out.", own.Name);
        if (options.ChannelOrder == ChannelOrder.Bgr) Reverse();
        var (scale, offset) = options.ValueRange switch { PixelRange.Byte => (255f, 0f), PixelRange.Signed => (2f, -1f), _ => (1f, 0f) };
        if (options.ArrayRange is { } range) (scale, offset) = (range.High - range.Low, range.Low);
        if (options.MeanImage is { } meanImage) PrependImage(OperatorNames.Sub, "mean", meanImage.For(input), v => (v - offset) / scale);
        else if (options.Mean is not null || offset != 0) Prepend(OperatorNames.Sub, "mean", options.Mean ?? [0], v => (v - offset) / scale);
        if (options.StandardDeviation is not null || scale != 1) Prepend(OperatorNames.Div, "deviation", options.StandardDeviation ?? [1], v => v / scale);
        nodes.AddRange(graph.Nodes.Select(n => prepared == picture ? n : n with { Inputs = [.. n.Inputs.Select(v => v == picture ? prepared : v)] }));

        var (answer, output) = AnswerCompletion.Complete(graph, options.Answer, labels, options.OutputName is null ? graph.Outputs.Count : 1, editor, cancellation);
        nodes.AddRange(editor.Added);
        foreach (var (name, value) in editor.Parameters) parameters[name] = value;
        return (new Graph(picture, [1, input.Channels, input.Height, input.Width], nodes, parameters, output, [.. answer.Outputs.Skip(1)]), answer);

        void Reverse()
        {
            long[] order = input.Channels switch
            {
                3 => [2, 1, 0],
                4 => [2, 1, 0, 3],
                _ => throw new CnnVisException(ErrorIds.InvalidArgument, $"The network takes {input.Channels} channels, which have no order of colours: leave -ChannelOrder out.", input),
            };
            string parameter = editor.Unused("order.value");
            parameters[parameter] = tensor(order).DetachFromDisposeScope();
            Insert("Gather", new OperatorAttributes(("axis", 1L)), "order", parameter);
        }

        void Prepend(string type, string kind, IReadOnlyList<float> values, Func<float, float> convert)
        {
            if (values.Count != 1 && values.Count != input.Channels)
                throw new CnnVisException(ErrorIds.InvalidArgument, $"The {kind} has {values.Count} numbers; the network has {input.Channels} channels, so give 1 or {input.Channels}.", values);
            string parameter = editor.Unused($"{kind}.value");
            parameters[parameter] = tensor([.. values.Select(convert)], [1, values.Count, 1, 1]).DetachFromDisposeScope();
            Insert(type, OperatorAttributes.None, kind, parameter);
        }

        void PrependImage(string type, string kind, float[] values, Func<float, float> convert)
        {
            string parameter = editor.Unused($"{kind}.value");
            parameters[parameter] = tensor([.. values.Select(convert)], [1, input.Channels, input.Height, input.Width]).DetachFromDisposeScope();
            Insert(type, OperatorAttributes.None, kind, parameter);
        }

        void Insert(string type, OperatorAttributes attributes, string kind, string parameter)
        {
            string name = editor.Unused(kind);
            nodes.Add(new Node(name, OperatorCatalog.Create(type, attributes), [prepared, parameter], name));
            prepared = name;
        }
    }

    /// <summary>The node that subtracts a constant from the picture, or null.</summary>
    public static Node? OwnMean(Graph graph) => graph.Nodes.FirstOrDefault(n => n.Operator.Type == OperatorNames.Sub && n.Inputs[0] == graph.Input && graph.Parameters.ContainsKey(n.Inputs[1]));
}
