namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>Upsample (until 9, and deprecated since) is what Resize was in 10; before 9 its scales were an attribute.</summary>
internal sealed class UpsampleToResize : IOpsetUpgrade
{
    public IReadOnlyList<string> Types { get; } = ["Upsample"];

    public int Until => 10;

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names)
    {
        NodeProto[] scales = [.. node.AttributeToInput("scales", 1, names)];
        node.OpType = "Resize";
        return [.. scales, node];
    }
}
