namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>Pad before 11: pads and value were attributes.</summary>
internal sealed class PadsToInputs : IOpsetUpgrade
{
    public IReadOnlyList<string> Types { get; } = ["Pad"];

    public int Until => 11;

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names) => [.. node.AttributeToInput("pads", 1, names), .. node.AttributeToInput("value", 2, names), node];
}
