namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>GridSample before 20 was over two axes only, and called its modes bilinear and bicubic.</summary>
internal sealed class GridSampleModes : IOpsetUpgrade
{
    public IReadOnlyList<string> Types { get; } = ["GridSample"];

    public int Until => 20;

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names)
    {
        string mode = node.TakeAttribute("mode")?.S.ToStringUtf8() ?? "bilinear";
        node.Attribute.Add(OnnxWriter.Attribute("mode", mode switch { "bilinear" => "linear", "bicubic" => "cubic", _ => mode }));
        return [node];
    }
}
