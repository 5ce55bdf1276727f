namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>Slice before 10: starts, ends and axes were attributes.</summary>
internal sealed class SliceToInputs : IOpsetUpgrade
{
    public IReadOnlyList<string> Types { get; } = ["Slice"];

    public int Until => 10;

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names) =>
        [.. node.AttributeToInput("starts", 1, names), .. node.AttributeToInput("ends", 2, names), .. node.AttributeToInput("axes", 3, names), node];
}
