namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>CastLike to a type that the file tells is Cast to that type.</summary>
internal sealed class CastLikeToCast : IOpsetUpgrade
{
    public IReadOnlyList<string> Types { get; } = ["CastLike"];

    public int Until => int.MaxValue;

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names)
    {
        if (node.Input.Count != 2 || names.ElementType(node.Input[1]) is not { } type) return [node];
        node.OpType = "Cast";
        node.Input.RemoveAt(1);
        node.Attribute.Add(OnnxWriter.Attribute("to", type));
        return [node];
    }
}
