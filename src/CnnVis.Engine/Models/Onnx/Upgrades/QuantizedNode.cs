namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>A layer of quantised numbers on its way to plain nodes. An input is followed by its scale and its zero point.</summary>
/// <param name="node">The layer.</param>
/// <param name="names">Gives names to new values.</param>
internal sealed class QuantizedNode(NodeProto node, ValueNames names)
{
    private readonly string _label = node.Name.Length > 0 ? node.Name : node.Output[0];
    private readonly List<NodeProto> _nodes = [];

    /// <summary>The nodes so far, in order.</summary>
    public IReadOnlyList<NodeProto> Nodes => _nodes;

    /// <summary>An input's real values.</summary>
    /// <param name="input">Its place; a value taken twice is dequantised twice.</param>
    /// <param name="axis">Which its scales count, where they are several.</param>
    public string Real(int input, int axis = 1)
    {
        if (input + 1 >= node.Input.Count) throw new CnnVisException(ErrorIds.ModelUnreadable, $"{node.OpType} node '{_label}' lacks its input {input} or the scale of it.", _label);
        string[] inputs = [node.Input[input], node.Input[input + 1], .. input + 2 < node.Input.Count && node.Input[input + 2].Length > 0 ? new[] { node.Input[input + 2] } : []];
        return Made("DequantizeLinear", $"{_label}.real", inputs, ("axis", (long)axis));
    }

    /// <summary>A bias, whose scale is the product of those of the two factors.</summary>
    public string Bias(int input, int scale, int otherScale)
    {
        string step = Made("Mul", $"{_label}.step", [node.Input[scale], node.Input[otherScale]]);
        return Made("DequantizeLinear", $"{_label}.bias", [node.Input[input], step], ("axis", 0L));
    }

    /// <summary>The plain layer, which keeps the name.</summary>
    public string Layer(string type, string[] inputs, params AttributeProto[] attributes)
    {
        NodeProto layer = NodeProtos.Make(type, names.Fresh($"{node.Output[0]}.layer"), inputs);
        layer.Name = _label;
        layer.Attribute.AddRange(attributes);
        _nodes.Add(layer);
        return layer.Output[0];
    }

    /// <summary>The answer, quantised.</summary>
    /// <param name="value">The plain layer's.</param>
    /// <param name="scale">Place of the answer's scale.</param>
    public void Quantize(string value, int scale)
    {
        if (scale >= node.Input.Count) throw new CnnVisException(ErrorIds.ModelUnreadable, $"{node.OpType} node '{_label}' lacks the scale of its answer.", _label);
        string[] inputs = [value, node.Input[scale], .. scale + 1 < node.Input.Count && node.Input[scale + 1].Length > 0 ? new[] { node.Input[scale + 1] } : []];
        NodeProto quantized = NodeProtos.Make("QuantizeLinear", node.Output[0], inputs);
        quantized.Name = $"{_label}.quantized";
        _nodes.Add(quantized);
    }

    /// <summary>The answer as it is.</summary>
    public void Give(string value) => _nodes[^1].Output[0] = _nodes[^1].Output[0] == value ? node.Output[0] : throw new InvalidOperationException("Only the last value can be given.");

    private string Made(string type, string wish, string[] inputs, params (string, object)[] attributes)
    {
        NodeProto made = NodeProtos.Make(type, names.Fresh(wish), inputs, attributes);
        _nodes.Add(made);
        return made.Output[0];
    }
}
