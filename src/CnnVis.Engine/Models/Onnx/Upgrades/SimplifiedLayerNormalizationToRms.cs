namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>SimplifiedLayerNormalization, which OnnxRuntime writes among ONNX's own operators, is what RMSNormalization is since 23.</summary>
internal sealed class SimplifiedLayerNormalizationToRms : IOpsetUpgrade
{
    public IReadOnlyList<string> Types { get; } = ["SimplifiedLayerNormalization"];

    public int Until => int.MaxValue;

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names)
    {
        node.OpType = "RMSNormalization";
        node.TakeAttribute("stash_type");
        return [node];
    }
}
