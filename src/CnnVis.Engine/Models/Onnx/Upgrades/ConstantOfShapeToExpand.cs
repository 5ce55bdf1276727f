namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>ConstantOfShape of every operator set: a single number, expanded.</summary>
internal sealed class ConstantOfShapeToExpand : IOpsetUpgrade
{
    public IReadOnlyList<string> Types { get; } = ["ConstantOfShape"];

    public int Until => int.MaxValue;

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names)
    {
        NodeProto number = NodeProtos.Constant(names.Fresh($"{node.Output[0]}.value"), 0f);
        if (node.TakeAttribute("value")?.T is { } value)
        {
            if (value.Dims.Aggregate(1L, (a, b) => a * b) != 1) throw new CnnVisException(ErrorIds.ModelUnreadable, $"ConstantOfShape node '{node.Name}' holds more than one number.", node.Name);
            value.Dims.Clear();
            number.Attribute.Clear();
            number.Attribute.Add(new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = value });
        }
        node.OpType = "Expand";
        node.Input.Insert(0, number.Output[0]);
        return [number, node];
    }
}
