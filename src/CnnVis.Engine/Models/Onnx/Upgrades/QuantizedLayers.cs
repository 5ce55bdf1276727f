namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>
/// Layers of quantised numbers, ONNX's and OnnxRuntime's (its QOperator form), are spelled out: what they take is dequantised, the plain layer computes, and what it gives is quantised again. So
/// all that is known of plain layers holds for them.
/// </summary>
internal abstract class QuantizedLayers(string domain, params string[] types) : IOpsetUpgrade
{
    public IReadOnlyList<string> Types { get; } = types;

    public int Until => int.MaxValue;

    public string Domain { get; } = domain;

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names)
    {
        var spelled = new QuantizedNode(node, names);
        Spell(spelled, node);
        return spelled.Nodes;
    }

    /// <summary>Makes the nodes.</summary>
    protected abstract void Spell(QuantizedNode spelled, NodeProto node);
}

/// <summary>ONNX's own.</summary>
internal sealed class QuantizedOnnxLayers() : QuantizedLayers("", "QLinearConv", "QLinearMatMul")
{
    /// <inheritdoc/>
    protected override void Spell(QuantizedNode spelled, NodeProto node)
    {
        if (node.OpType == "QLinearMatMul")
        {
            spelled.Quantize(spelled.Layer("MatMul", [spelled.Real(0, axis: -2), spelled.Real(3, axis: -1)]), 6);
            return;
        }
        string[] inputs = [spelled.Real(0), spelled.Real(3, axis: 0), .. node.Input.Count > 8 && node.Input[8].Length > 0 ? new[] { spelled.Bias(8, 1, 4) } : []];
        spelled.Quantize(spelled.Layer("Conv", inputs, [.. node.Attribute]), 6);
    }
}

/// <summary>OnnxRuntime's.</summary>
internal sealed class QuantizedRuntimeLayers() : QuantizedLayers("com.microsoft",
    "QLinearAdd", "QLinearMul", "QLinearSigmoid", "QLinearLeakyRelu", "QLinearGlobalAveragePool", "QLinearAveragePool", "QLinearConcat", "QLinearSoftmax", "QGemm")
{
    /// <inheritdoc/>
    protected override void Spell(QuantizedNode spelled, NodeProto node)
    {
        if (node.Attribute.FirstOrDefault(a => a.Name == "channels_last")?.I is 1)
            throw new CnnVisException(ErrorIds.OperatorNotSupported, $"operator com.microsoft.{node.OpType} of node '{node.Name}' with channels last is not supported; quantise the network without optimising it for a processor first.", node.OpType);
        switch (node.OpType)
        {
            case "QLinearAdd" or "QLinearMul":
                spelled.Quantize(spelled.Layer(node.OpType[7..], [spelled.Real(0), spelled.Real(3)]), 6);
                break;
            case "QLinearConcat":
                string[] parts = [.. Enumerable.Range(0, (node.Input.Count - 2) / 3).Select(i => spelled.Real(2 + 3 * i))];
                spelled.Quantize(spelled.Layer("Concat", parts, [.. node.Attribute]), 0);
                break;
            case "QGemm":
                string[] inputs = [spelled.Real(0), spelled.Real(3, axis: node.Attribute.Any(a => a is { Name: "transB", I: 1 }) ? 0 : 1), .. node.Input.Count > 6 && node.Input[6].Length > 0 ? new[] { spelled.Bias(6, 1, 4) } : []];
                string product = spelled.Layer("Gemm", inputs, [.. node.Attribute]);
                if (node.Input.Count > 7 && node.Input[7].Length > 0) spelled.Quantize(product, 7);
                else spelled.Give(product);
                break;
            default:
                AttributeProto[] attributes = [.. node.Attribute.Where(a => a.Name is not ("opset" or "channels_last"))];
                spelled.Quantize(spelled.Layer(node.OpType[7..], [spelled.Real(0)], attributes), 3);
                break;
        }
    }
}
