namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>
/// GroupNormalization before 21 had scale and bias for each group, not each channel. A group is then one map of InstanceNormalization: the value is
/// reshaped to [N, groups, …] before and back after.
/// </summary>
internal sealed class GroupNormalizationPerGroup : IOpsetUpgrade
{
    public IReadOnlyList<string> Types { get; } = ["GroupNormalization"];

    public int Until => 21;

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names)
    {
        if (node.Input.Count != 3 || node.TakeAttribute("num_groups") is not { } groups)
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"GroupNormalization node '{node.Name}' lacks its scale, its bias or num_groups.", node.Name);
        string name = node.Name.Length > 0 ? node.Name : node.Output[0];
        NodeProto folded = NodeProtos.Constant(names.Fresh(name + ".folded"), (long[])[0, groups.I, -1]);
        NodeProto maps = NodeProtos.Make("Reshape", names.Fresh(name + ".groups"), [node.Input[0], folded.Output[0]]);
        NodeProto normalised = NodeProtos.Make("InstanceNormalization", names.Fresh(name + ".normalised"), [maps.Output[0], node.Input[1], node.Input[2]]);
        if (node.TakeAttribute("epsilon") is { } epsilon) normalised.Attribute.Add(epsilon);
        NodeProto extents = NodeProtos.Make("Shape", names.Fresh(name + ".extents"), [node.Input[0]]);
        NodeProto back = NodeProtos.Make("Reshape", node.Output[0], [normalised.Output[0], extents.Output[0]]);
        back.Name = name;
        return [folded, maps, normalised, extents, back];
    }
}
