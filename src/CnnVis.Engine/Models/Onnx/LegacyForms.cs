using CnnVis.Engine.Models.Onnx.Upgrades;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>
/// Operator sets before 7: the second input of arithmetic was spread over the first from an axis that an attribute named, and so was the slope of PRelu over channels; a few inputs were
/// attributes, types were names, and memory was named that may be overwritten.
/// </summary>
internal static class LegacyForms
{
    private static readonly HashSet<string> _spread = new(["Add", "Sub", "Mul", "Div", "Pow", "And", "Or", "Xor", "Greater", "Less", "Equal"], StringComparer.Ordinal);

    /// <summary>The node in the form of operator set 7, after what it needs.</summary>
    /// <param name="node">Any node; may be changed.</param>
    /// <param name="opset">The file's operator set.</param>
    /// <param name="shape">Shapes that are known.</param>
    /// <param name="names">Gives names to new values.</param>
    public static IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, Func<string, long[]?> shape, ValueNames names)
    {
        if (opset >= 7 || !OnnxOpset.IsDefault(node.Domain)) return [node];
        node.TakeAttribute("consumed_inputs");
        switch (node.OpType)
        {
            case var type when _spread.Contains(type) && node.Input.Count == 2:
                bool spread = node.TakeAttribute("broadcast") is { I: not 0 };
                long? axis = node.TakeAttribute("axis")?.I;
                if (!spread || axis is null) return [node];
                if (shape(node.Input[0]) is not { } a || shape(node.Input[1]) is not { } b)
                    throw new CnnVisException(ErrorIds.OperatorNotSupported, $"operator {type} (operator set {opset}) of node '{node.Name}' spreads a value of unknown size, which is not supported; export the network with opset_version={OnnxOpset.Canonical}.", type);
                long first = axis.Value < 0 ? axis.Value + a.Length : axis.Value;
                return Widened(node, (int)(a.Length - first - b.Length), b.Length, names);
            case "PRelu" when shape(node.Input[0]) is { Length: > 2 } x && node.Input.Count == 2 && shape(node.Input[1]) is [> 1]:
                return Widened(node, x.Length - 2, 1, names);
            case "Gemm":
                node.TakeAttribute("broadcast");
                return [node];
            case "BatchNormalization" or "Dropout":
                node.TakeAttribute("is_test");
                return [node];
            case "Cast" when node.Attribute.FirstOrDefault(t => t.Name == "to") is { S.Length: > 0 } to:
                node.Attribute.Clear();
                node.Attribute.Add(OnnxWriter.Attribute("to", Enum.TryParse(to.S.ToStringUtf8(), ignoreCase: true, out TensorProto.Types.DataType named) ? (long)named : 0));
                return [node];
            case "Reshape" when node.Input.Count == 1:
                return [.. node.AttributeToInput("shape", 1, names), node];
            case "Pad" when node.Attribute.FirstOrDefault(t => t.Name == "paddings") is { } pads:
                pads.Name = "pads";
                return [node];
            default:
                return [node];
        }
    }

    /// <summary>The second input gets axes of extent 1 at its end, so that it meets the axes it is meant for.</summary>
    private static IEnumerable<NodeProto> Widened(NodeProto node, int axes, int rank, ValueNames names)
    {
        if (axes <= 0) return [node];
        NodeProto places = NodeProtos.Constant(names.Fresh($"{node.Output[0]}.axes"), Enumerable.Range(rank, axes).Select(i => (long)i).ToArray());
        NodeProto wide = NodeProtos.Make("Unsqueeze", names.Fresh($"{node.Output[0]}.spread"), [node.Input[1], places.Output[0]]);
        node.Input[1] = wide.Output[0];
        return [places, wide, node];
    }
}
