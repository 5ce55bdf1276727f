namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>Scatter (9 to 10, and deprecated since) is what ScatterElements is now.</summary>
internal sealed class ScatterToElements : IOpsetUpgrade
{
    public IReadOnlyList<string> Types { get; } = ["Scatter"];

    public int Until => int.MaxValue;

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names)
    {
        node.OpType = "ScatterElements";
        return [node];
    }
}
