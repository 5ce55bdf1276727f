namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>Split before 18: the sizes were an attribute before 13, and equal parts were as many as there are outputs.</summary>
internal sealed class SplitSizes : IOpsetUpgrade
{
    public IReadOnlyList<string> Types { get; } = ["Split"];

    public int Until => 18;

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names)
    {
        NodeProto[] sizes = [.. node.AttributeToInput("split", 1, names)];
        if (node.Input.Count < 2 || node.Input[1].Length == 0) node.Attribute.Add(OnnxWriter.Attribute("num_outputs", (long)node.Output.Count));
        return [.. sizes, node];
    }
}
