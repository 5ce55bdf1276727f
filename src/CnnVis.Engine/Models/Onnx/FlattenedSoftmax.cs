using CnnVis.Engine.Models.Onnx.Upgrades;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>
/// Softmax, LogSoftmax and Hardmax before 13: the dimensions from the axis on (1 by default) are one. Today they run along one dimension, so where more than
/// one of them counts, the value is flattened before and reshaped after.
/// </summary>
internal static class FlattenedSoftmax
{
    /// <summary>The node in today's form.</summary>
    /// <param name="node">Any node.</param>
    /// <param name="opset">The file's operator set.</param>
    /// <param name="shape">Shapes that are known.</param>
    /// <param name="names">Gives names to new values.</param>
    public static IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, Func<string, long[]?> shape, ValueNames names)
    {
        if (opset >= 13 || node.OpType is not ("Softmax" or "LogSoftmax" or "Hardmax") || node.Input.Count == 0 || shape(node.Input[0]) is not { } input) return [node];
        long given = node.TakeAttribute("axis")?.I ?? 1;
        int axis = (int)(given < 0 ? given + input.Length : given);
        if (axis < 0 || axis > input.Length) throw new CnnVisException(ErrorIds.ModelUnreadable, $"{node.OpType} node '{node.Name}' has axis {given}, and its input {input.Length} dimensions.", node.Name);
        int[] counting = [.. Enumerable.Range(axis, input.Length - axis).Where(i => input[i] != 1)];
        if (axis < input.Length && counting.Length <= 1)
        {
            node.Attribute.Add(OnnxWriter.Attribute("axis", (long)counting.FirstOrDefault(axis)));
            return [node];
        }

        string name = node.Name.Length > 0 ? node.Name : node.Output[0];
        NodeProto flat = NodeProtos.Make("Flatten", names.Fresh(name + ".flat"), [node.Input[0]], ("axis", (long)axis));
        NodeProto along = NodeProtos.Make(node.OpType, names.Fresh(name + ".lines"), [flat.Output[0]], ("axis", 1L));
        NodeProto extents = NodeProtos.Make("Shape", names.Fresh(name + ".extents"), [node.Input[0]]);
        NodeProto back = NodeProtos.Make("Reshape", node.Output[0], [along.Output[0], extents.Output[0]]);
        back.Name = name;
        return [flat, along, extents, back];
    }
}
