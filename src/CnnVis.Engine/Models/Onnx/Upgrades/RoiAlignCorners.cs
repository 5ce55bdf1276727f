namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>RoiAlign before 16 did not move regions by half a position.</summary>
internal sealed class RoiAlignCorners : IOpsetUpgrade
{
    public IReadOnlyList<string> Types { get; } = ["RoiAlign"];

    public int Until => 16;

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names)
    {
        node.TakeAttribute("coordinate_transformation_mode");
        node.Attribute.Add(OnnxWriter.Attribute("coordinate_transformation_mode", "output_half_pixel"));
        return [node];
    }
}
