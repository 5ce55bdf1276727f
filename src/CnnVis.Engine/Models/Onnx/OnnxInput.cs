using CnnVis.Engine.Models.Onnx.Upgrades;
using DataType = CnnVis.Engine.Models.Onnx.TensorProto.Types.DataType;
using Dimension = CnnVis.Engine.Models.Onnx.TensorShapeProto.Types.Dimension;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>The input of a file's graph that takes the picture: its size settled, one picture at a time, channels before rows and columns.</summary>
internal static class OnnxInput
{
    /// <summary>Rows and columns where neither the file nor the user states them.</summary>
    private const int UsualSide = 224;

    /// <summary>Whether an input may be a picture: four dimensions (or unknown ones) of numbers.</summary>
    public static bool IsImage(ValueInfoProto input) => Extents(input) is null or { Length: 4 } && IsNumeric(input);

    /// <summary>Whether an input may be a signal: batch, channels and samples of numbers with a fraction.</summary>
    public static bool IsSignal(ValueInfoProto input) => Extents(input) is { Length: 3 } && IsNumeric(input);

    private static bool IsNumeric(ValueInfoProto input) =>
        (DataType)(input.Type?.TensorType?.ElemType ?? 0) is DataType.Undefined or DataType.Float or DataType.Float16 or DataType.Double or DataType.Bfloat16 or DataType.Uint8;

    /// <summary>Dimensions of an input, -1 for those left open; null where even their number is.</summary>
    public static long[]? Extents(ValueInfoProto input) => input.Type?.TensorType?.Shape is not { } shape ? null
        : [.. shape.Dim.Select(d => d.ValueCase == Dimension.ValueOneofCase.DimValue && d.DimValue > 0 ? d.DimValue : -1)];

    /// <summary>Fills in what the file leaves open, and puts a Transpose before a graph that takes channels last. A signal, [batch, channels, samples], becomes a picture of one row.</summary>
    /// <param name="graph">Changed in place.</param>
    /// <param name="input">One of its inputs.</param>
    /// <param name="size">Rows and columns, one number for both, or null for the file's.</param>
    /// <param name="openSize">Likewise, where the file leaves them open.</param>
    /// <param name="layout">Where the channels are; null for what the graph says.</param>
    public static void Settle(GraphProto graph, ValueInfoProto input, IReadOnlyList<int>? size, IReadOnlyList<int>? openSize, ChannelLayout? layout = null)
    {
        long[] extents = Extents(input) ?? [-1, -1, -1, -1];
        if (extents.Length is not (3 or 4))
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"The network's input '{input.Name}' is [{string.Join(", ", extents.Select(e => e > 0 ? $"{e}" : "?"))}], of {extents.Length} dimensions. A picture has four: batch, channels, rows, columns; a signal three: batch, channels, samples.{(extents.Length == 5 ? " Volumes and films are not supported." : "")}", input.Name);
        var axes = new InputAxes(graph, input.Name, extents);
        int last = extents.Length - 1;
        bool plain = layout is null && extents.Length == 3 && axes is { Reader: not null, ChannelAxis: null, SpatialRank: 2 }; // rows and columns, to which the graph adds the one channel itself
        if (extents.Length == 3 && layout is null && axes.ChannelAxis is null && !plain)
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"The network's input '{input.Name}' is [{string.Join(", ", extents.Select(e => e > 0 ? $"{e}" : "?"))}], and no convolution or pooling reads it, which would tell where its channels are. Say it with -Layout ChannelsFirst or ChannelsLast, if it is a signal.", input.Name);
        bool channelsLast = layout is { } said ? said == ChannelLayout.ChannelsLast : axes.ChannelAxis is { } channels ? channels == last : !plain && HasChannelsLast(graph, input.Name, extents);
        // [batch, channels, rows, columns]
        bool signal = last == 2 && !plain;
        extents = plain ? [extents[0], 1, extents[1], extents[2]] : signal ? [extents[0], extents[channelsLast ? 2 : 1], 1, extents[channelsLast ? 1 : 2]] : channelsLast ? [extents[0], extents[3], extents[1], extents[2]] : extents;
        extents =
        [
            extents[0],
            extents[1] > 0 ? extents[1] : axes.Channels ?? (signal ? 1 : 3),
            signal ? 1 : size?[0] ?? (extents[2] > 0 ? extents[2] : openSize?[0] ?? UsualSide),
            size?[^1] ?? (extents[3] > 0 ? extents[3] : openSize?[^1] ?? UsualSide),
        ];
        if (plain) Flatten(graph, input.Name, extents[2], extents[3]);
        if (channelsLast) Transpose(graph, input.Name, signal ? [0, 2, 1] : [0, 2, 3, 1]);
        if (signal) SignalLift.Apply(graph, input.Name);
        long batch = extents[0];
        input.Type = OnnxWriter.Value(input.Name, extents).Type;
        if (batch >= 1) input.Type.TensorType.Shape.Dim[0] = new Dimension { DimValue = batch };
    }

    /// <summary>Channels last, where no node tells: what the converters say by a Transpose right at the input, or a last dimension of 1 to 4 that only channels can be.</summary>
    private static bool HasChannelsLast(GraphProto graph, string picture, long[] extents) =>
        graph.Node.Any(n => n.OpType == "Transpose" && n.Input.Contains(picture) && n.Attribute.FirstOrDefault(a => a.Name == "perm")?.Ints is [0, 3, 1, 2])
        || extents[3] is >= 1 and <= 4 && extents[1] is < 1 or > 4;

    /// <summary>Gives the graph's nodes the picture with its axes in another order.</summary>
    private static void Transpose(GraphProto graph, string picture, long[] order)
    {
        string turned = Redirect(graph, picture, "channels_last");
        var transpose = new NodeProto { Name = turned, OpType = "Transpose", Input = { picture }, Output = { turned } };
        transpose.Attribute.Add(OnnxWriter.Attribute("perm", order));
        graph.Node.Insert(0, transpose);
    }

    /// <summary>Gives the graph's nodes the picture without its channel.</summary>
    private static void Flatten(GraphProto graph, string picture, long rows, long columns)
    {
        string flat = Redirect(graph, picture, "plain"), shape = flat + ".shape";
        var numbers = new TensorProto { Name = shape, DataType = (int)DataType.Int64, Dims = { 3 } };
        numbers.Int64Data.AddRange([0, rows, columns]);
        graph.Initializer.Add(numbers);
        graph.Node.Insert(0, new NodeProto { Name = flat, OpType = "Reshape", Input = { picture, shape }, Output = { flat } });
    }

    /// <summary>Lets all nodes that take a value take another.</summary>
    private static string Redirect(GraphProto graph, string value, string kind)
    {
        string other = new ValueNames(graph).Fresh($"{value}.{kind}");
        foreach (NodeProto user in graph.Node)
            for (int i = 0; i < user.Input.Count; i++)
                if (user.Input[i] == value) user.Input[i] = other;
        return other;
    }
}
