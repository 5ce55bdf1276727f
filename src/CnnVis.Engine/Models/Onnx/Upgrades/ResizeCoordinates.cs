using TorchSharp;

namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>
/// Resize of 10, and Upsample: scales were the second input, and positions counted from the corner. Nearest was the position before where an axis grows
/// and the one behind where it shrinks, as in ONNX's own tests; where both happen, the map grows first and shrinks then.
/// </summary>
internal sealed class ResizeCoordinates : IOpsetUpgrade
{
    public IReadOnlyList<string> Types { get; } = ["Resize"];

    public int Until => 11;

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names)
    {
        string mode = node.TakeAttribute("mode")?.S.ToStringUtf8() ?? "nearest";
        float[] scales = node.Input.Count > 1 && names.Constant(node.Input[1]) is { } constant ? Numbers(constant) : [];
        bool shrinks = scales.Any(s => s < 1), grows = scales.Any(s => s > 1);
        node.Input.Insert(1, "");
        node.Attribute.Add(OnnxWriter.Attribute("coordinate_transformation_mode", "asymmetric"));
        node.Attribute.Add(OnnxWriter.Attribute("mode", mode == "bilinear" ? "linear" : mode));
        if (mode != "nearest" || !shrinks || !grows)
        {
            node.Attribute.Add(OnnxWriter.Attribute("nearest_mode", shrinks ? "ceil" : "floor"));
            return [node];
        }

        NodeProto up = NodeProtos.Constant(names.Fresh(node.Output[0] + ".growth"), Array.ConvertAll(scales, s => Math.Max(s, 1)));
        NodeProto down = NodeProtos.Constant(names.Fresh(node.Output[0] + ".shrinkage"), Array.ConvertAll(scales, s => Math.Min(s, 1)));
        NodeProto grown = node.Clone();
        grown.Name = grown.Output[0] = names.Fresh(node.Output[0] + ".grown");
        (grown.Input[2], node.Input[0], node.Input[2]) = (up.Output[0], grown.Output[0], down.Output[0]);
        grown.Attribute.Add(OnnxWriter.Attribute("nearest_mode", "floor"));
        node.Attribute.Add(OnnxWriter.Attribute("nearest_mode", "ceil"));
        return [up, down, grown, node];
    }

    private static float[] Numbers(TensorProto constant)
    {
        using torch.Tensor stored = OnnxTensors.Read(constant), numbers = stored.to(torch.ScalarType.Float32);
        return numbers.data<float>().ToArray();
    }
}
