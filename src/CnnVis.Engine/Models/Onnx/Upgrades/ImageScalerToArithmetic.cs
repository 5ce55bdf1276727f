namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>ImageScaler of files converted from CoreML, once an experiment of ONNX's: x · scale + bias, a bias for each channel.</summary>
internal sealed class ImageScalerToArithmetic : IOpsetUpgrade
{
    public IReadOnlyList<string> Types { get; } = ["ImageScaler"];

    public int Until => int.MaxValue;

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names)
    {
        string label = node.Name.Length > 0 ? node.Name : node.Output[0];
        NodeProto scale = NodeProtos.Constant(names.Fresh(label + ".factor"), node.TakeAttribute("scale")?.F ?? 1f);
        float[] offsets = node.TakeAttribute("bias")?.Floats.ToArray() is { Length: > 0 } stated ? stated : [0];
        NodeProto values = NodeProtos.Constant(names.Fresh(label + ".bias"), offsets), axes = NodeProtos.Constant(names.Fresh(label + ".axes"), (long[])[1, 2]);
        NodeProto bias = NodeProtos.Make("Unsqueeze", names.Fresh(label + ".biases"), [values.Output[0], axes.Output[0]]);
        NodeProto scaled = NodeProtos.Make("Mul", names.Fresh(label + ".scaled"), [node.Input[0], scale.Output[0]]);
        NodeProto sum = NodeProtos.Make("Add", node.Output[0], [scaled.Output[0], bias.Output[0]]);
        sum.Name = label;
        return [scale, values, axes, bias, scaled, sum];
    }
}
