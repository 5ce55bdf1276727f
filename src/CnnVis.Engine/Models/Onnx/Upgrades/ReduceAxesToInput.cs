namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>Reductions before 18: the axes were an attribute.</summary>
internal sealed class ReduceAxesToInput : IOpsetUpgrade
{
    public IReadOnlyList<string> Types { get; } =
        ["ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceProd", "ReduceSumSquare"];

    public int Until => 18;

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names) => [.. node.AttributeToInput("axes", 1, names), node];
}
