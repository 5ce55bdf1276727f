using Google.Protobuf;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>
/// Resize of 10: scales were the second input, and positions counted from the corner. ONNX leaves open which position is nearest; that at or before
/// the place is taken, as by OnnxRuntime where maps grow.
/// </summary>
internal sealed class ResizeCoordinates : IOpsetUpgrade
{
    public IReadOnlyList<string> Types { get; } = ["Resize"];

    public int Until => 11;

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names)
    {
        node.Input.Insert(1, "");
        node.Attribute.Add(OnnxWriter.Attribute("coordinate_transformation_mode", "asymmetric"));
        node.Attribute.Add(OnnxWriter.Attribute("nearest_mode", "floor"));
        if (node.TakeAttribute("mode") is { } mode) node.Attribute.Add(OnnxWriter.Attribute("mode", mode.S.Equals(ByteString.CopyFromUtf8("bilinear")) ? "linear" : mode.S.ToStringUtf8()));
        return [node];
    }
}
