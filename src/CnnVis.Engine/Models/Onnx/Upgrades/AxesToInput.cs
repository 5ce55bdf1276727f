namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>Squeeze, Unsqueeze and ReduceSum before 13: the axes were an attribute.</summary>
internal sealed class AxesToInput : IOpsetUpgrade
{
    public IReadOnlyList<string> Types { get; } = ["Squeeze", "Unsqueeze", "ReduceSum"];

    public int Until => 13;

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names) => [.. node.AttributeToInput("axes", 1, names), node];
}
