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
    public static bool IsImage(ValueInfoProto input) => Extents(input) is null or { Length: 4 }
        && (DataType)(input.Type?.TensorType?.ElemType ?? 0) is DataType.Undefined or DataType.Float or DataType.Float16 or DataType.Double or DataType.Bfloat16 or DataType.Uint8;

    /// <summary>Dimensions of an input, -1 for those left open; null where even their number is.</summary>
    public static long[]? Extents(ValueInfoProto input) => input.Type?.TensorType?.Shape is not { } shape ? null
        : [.. shape.Dim.Select(d => d.ValueCase == Dimension.ValueOneofCase.DimValue && d.DimValue > 0 ? d.DimValue : -1)];

    /// <summary>Fills in what the file leaves open, and puts a Transpose before a graph that takes channels last.</summary>
    /// <param name="graph">Changed in place.</param>
    /// <param name="input">One of its inputs.</param>
    /// <param name="size">Rows and columns, one number for both, or null for the file's.</param>
    /// <param name="openSize">Likewise, where the file leaves them open.</param>
    public static void Settle(GraphProto graph, ValueInfoProto input, IReadOnlyList<int>? size, IReadOnlyList<int>? openSize)
    {
        long[] extents = Extents(input) ?? [-1, -1, -1, -1];
        if (extents.Length != 4)
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"The network's input '{input.Name}' has {extents.Length} dimensions; a picture has four: batch, channels, rows, columns.", input.Name);
        NodeProto[] users = [.. graph.Node.Where(n => n.Input.Contains(input.Name))];
        bool channelsLast = IsChannelsLast(extents, users);
        if (channelsLast) extents = [extents[0], extents[3], extents[1], extents[2]];
        extents =
        [
            extents[0],
            extents[1] > 0 ? extents[1] : Channels(graph, users) ?? 3,
            size?[0] ?? (extents[2] > 0 ? extents[2] : openSize?[0] ?? UsualSide),
            size?[^1] ?? (extents[3] > 0 ? extents[3] : openSize?[^1] ?? UsualSide),
        ];
        if (channelsLast) TransposeFirst(graph, input.Name, users);
        long batch = extents[0];
        input.Type = OnnxWriter.Value(input.Name, extents).Type;
        if (batch > 1) input.Type.TensorType.Shape.Dim[0] = new Dimension { DimValue = batch };
    }

    /// <summary>Channels last, as TensorFlow has them: what the converters say by a Transpose right at the input, or a last dimension of 1 to 4 that only channels can be.</summary>
    private static bool IsChannelsLast(long[] extents, NodeProto[] users) =>
        users.Any(n => n.OpType == "Transpose" && n.Attribute.FirstOrDefault(a => a.Name == "perm")?.Ints is [0, 3, 1, 2])
        || extents[3] is >= 1 and <= 4 && extents[1] is < 1 or > 4;

    /// <summary>What a convolution at the input takes.</summary>
    private static long? Channels(GraphProto graph, NodeProto[] users) => users.Where(n => n.OpType == "Conv" && n.Input.Count > 1)
        .Select(n => graph.Initializer.FirstOrDefault(i => i.Name == n.Input[1])?.Dims is [_, var perGroup, ..] ? perGroup * (n.Attribute.FirstOrDefault(a => a.Name == "group")?.I ?? 1) : (long?)null)
        .FirstOrDefault(c => c is not null);

    private static void TransposeFirst(GraphProto graph, string picture, NodeProto[] users)
    {
        string turned = new ValueNames(graph).Fresh(picture + ".channels_last");
        foreach (NodeProto user in users)
            for (int i = 0; i < user.Input.Count; i++)
                if (user.Input[i] == picture) user.Input[i] = turned;
        var transpose = new NodeProto { Name = turned, OpType = "Transpose", Input = { picture }, Output = { turned } };
        transpose.Attribute.Add(OnnxWriter.Attribute("perm", new long[] { 0, 2, 3, 1 }));
        graph.Node.Insert(0, transpose);
    }
}
