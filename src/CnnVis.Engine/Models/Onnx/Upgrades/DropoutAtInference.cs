namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>Dropout of every operator set: what it does in training goes. ONNX's mask would be all true, and is not given.</summary>
internal sealed class DropoutAtInference : IOpsetUpgrade
{
    public IReadOnlyList<string> Types { get; } = ["Dropout"];

    public int Until => int.MaxValue;

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names)
    {
        node.Attribute.Clear();
        while (node.Input.Count > 1) node.Input.RemoveAt(1);
        return [node];
    }
}
