namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>Clip before 11: the bounds were attributes.</summary>
internal sealed class ClipBoundsToInputs : IOpsetUpgrade
{
    public IReadOnlyList<string> Types { get; } = ["Clip"];

    public int Until => 11;

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names) => [.. node.AttributeToInput("min", 1, names), .. node.AttributeToInput("max", 2, names), node];
}
