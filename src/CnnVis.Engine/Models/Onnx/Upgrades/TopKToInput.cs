namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>TopK before 10: k was an attribute.</summary>
internal sealed class TopKToInput : IOpsetUpgrade
{
    public IReadOnlyList<string> Types { get; } = ["TopK"];

    public int Until => 10;

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names)
    {
        string k = names.Fresh($"{node.Output[0]}.k");
        long count = node.TakeAttribute("k")?.I ?? throw new CnnVisException(ErrorIds.ModelUnreadable, $"TopK node '{node.Name}' lacks k.", node.Name);
        node.SetInput(1, k);
        return [NodeProtos.Constant(k, new[] { count }), node];
    }
}
