namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>Dropout of every operator set: at inference nothing is dropped, and the mask is all true. In training mode (12 and later) values are dropped at random, which is refused.</summary>
internal sealed class DropoutAtInference : IOpsetUpgrade
{
    public IReadOnlyList<string> Types { get; } = ["Dropout"];

    public int Until => int.MaxValue;

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names)
    {
        if (node.Input.Count > 2 && node.Input[2].Length > 0 && !IsOff(names.Constant(node.Input[2])) && !(node.Input[1].Length > 0 && IsOff(names.Constant(node.Input[1]))))
            throw new CnnVisException(ErrorIds.OperatorNotSupported, $"Dropout (operator set {opset}) node '{node.Name}' is in training mode, where every answer is another; export the network for inference (model.eval()).", node.Name);
        node.Attribute.Clear();
        while (node.Input.Count > 1) node.Input.RemoveAt(1);
        return [node];
    }

    /// <summary>Whether it is known to be false, or 0.</summary>
    private static bool IsOff(TensorProto? constant)
    {
        if (constant is null) return false;
        using TorchSharp.torch.Tensor value = OnnxTensors.Read(constant), nonzero = value.count_nonzero();
        return nonzero.item<long>() == 0;
    }
}
