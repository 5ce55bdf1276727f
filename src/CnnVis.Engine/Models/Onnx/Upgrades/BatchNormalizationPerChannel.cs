namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>BatchNormalization before 9 could have statistics for each position instead of each channel (spatial = 0), which is not supported.</summary>
internal sealed class BatchNormalizationPerChannel : IOpsetUpgrade
{
    public IReadOnlyList<string> Types { get; } = ["BatchNormalization"];

    public int Until => 9;

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names) => node.TakeAttribute("spatial") is { I: 0 }
        ? throw new CnnVisException(ErrorIds.OperatorNotSupported, $"BatchNormalization (opset {opset}) node '{node.Name}' with statistics for each position (spatial = 0) is not supported; statistics for each channel are.", node.Name)
        : [node];
}
