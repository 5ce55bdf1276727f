namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>
/// Cast of every operator set. Values here are float32, int64 or bool: to a narrower type numbers are rounded, or lose their upper bits, and are widened
/// again where something else than another Cast takes them, so that the file that is written has the same two steps. float64 is computed as float32.
/// </summary>
internal sealed class CastTypes : IOpsetUpgrade
{
    public IReadOnlyList<string> Types { get; } = ["Cast"];

    public int Until => int.MaxValue;

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names)
    {
        long to = node.TakeAttribute("to")?.I ?? throw new CnnVisException(ErrorIds.ModelUnreadable, $"Cast node '{node.Name}' lacks its type.", node.Name);
        bool saturate = node.TakeAttribute("saturate") is not { I: 0 };
        node.Attribute.Clear();
        long wide = to switch
        {
            1 or 10 or 11 or (>= 16 and <= 20) or 23 => ElementTypes.Float,
            2 or 3 or 4 or 5 or 6 or 7 or 12 or 13 or 21 or 22 => ElementTypes.Int64,
            9 => ElementTypes.Bool,
            _ => throw new CnnVisException(ErrorIds.OperatorNotSupported, $"operator Cast (opset {opset}) of node '{node.Name}' to type {to} is not supported; to floats, whole numbers and bool it is.", "Cast"),
        };
        bool narrow = wide == ElementTypes.Float ? to is not (1 or 11) : ElementTypes.Narrow(to) is not null;
        node.Attribute.Add(OnnxWriter.Attribute("to", narrow ? to : wide));
        if (narrow && !saturate) node.Attribute.Add(OnnxWriter.Attribute("saturate", 0L));
        return narrow && !names.IsOnlyCast(node.Output[0]) ? Widened(node, wide, names) : [node];
    }

    /// <summary>A node whose whole numbers lose their upper bits.</summary>
    /// <param name="node">Its first output gets another name.</param>
    /// <param name="type">The type.</param>
    /// <param name="names">Gives names to new values.</param>
    public static IEnumerable<NodeProto> Narrowed(NodeProto node, long type, ValueNames names)
    {
        string output = node.Output[0], label = node.Name.Length > 0 ? node.Name : output;
        node.Output[0] = names.Fresh($"{output}.whole");
        NodeProto narrow = NodeProtos.Make("Cast", output, [node.Output[0]], ("to", type));
        narrow.Name = $"{label}.narrow";
        return [node, .. Widened(narrow, ElementTypes.Int64, names)];
    }

    private static IEnumerable<NodeProto> Widened(NodeProto node, long wide, ValueNames names)
    {
        string output = node.Output[0], label = node.Name.Length > 0 ? node.Name : output;
        node.Output[0] = names.Fresh($"{output}.narrow");
        NodeProto back = NodeProtos.Make("Cast", output, [node.Output[0]], ("to", wide));
        back.Name = $"{label}.wide";
        return [node, back];
    }
}
