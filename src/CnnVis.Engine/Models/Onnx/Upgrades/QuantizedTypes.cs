using CnnVis.Engine.Graphs.Operators.Quantization;

namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>Keeps the type of a zero point, which says the range of the quantised values: tensors here are widened.</summary>
internal sealed class QuantizedTypes : IOpsetUpgrade
{
    public IReadOnlyList<string> Types { get; } = ["QuantizeLinear", "DequantizeLinear", "ConvInteger", "MatMulInteger"];

    public int Until => int.MaxValue;

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names)
    {
        if (node.OpType is "ConvInteger" or "MatMulInteger")
        {
            node.TakeAttribute(WholeNumberProduct.TypesAttribute);
            node.Attribute.Add(OnnxWriter.Attribute(WholeNumberProduct.TypesAttribute, node.Input.Select(v => names.ElementType(v) ?? 0).ToArray()));
            return [node];
        }
        // What a DequantizeLinear without zero point takes may be a parameter itself.
        string[] telling = [.. node.Input.Skip(2), .. node.Input.Take(node.OpType == "DequantizeLinear" ? 1 : 0)];
        node.TakeAttribute(Quantization.TypeAttribute);
        if (telling.Select(names.ElementType).FirstOrDefault(type => type is not null) is { } known) node.Attribute.Add(OnnxWriter.Attribute(Quantization.TypeAttribute, known));
        return [node];
    }
}
