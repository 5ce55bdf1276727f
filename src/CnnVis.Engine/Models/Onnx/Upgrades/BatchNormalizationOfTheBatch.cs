namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>BatchNormalization before 14 with more than one output was that of training: by the batch's own statistics, whatever the file holds. It is refused.</summary>
internal sealed class BatchNormalizationOfTheBatch : IOpsetUpgrade
{
    public IReadOnlyList<string> Types { get; } = ["BatchNormalization"];

    public int Until => 14;

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names) => node.Output.Skip(1).Any(o => o.Length > 0)
        ? throw new CnnVisException(ErrorIds.OperatorNotSupported, $"BatchNormalization (operator set {opset}) node '{node.Name}' has {node.Output.Count} outputs: it is in training mode, where every picture changes the answers of its batch; export the network for inference (model.eval()).", node.Name)
        : [node];
}
