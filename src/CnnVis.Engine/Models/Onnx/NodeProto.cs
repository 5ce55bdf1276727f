namespace CnnVis.Engine.Models.Onnx;

/// <summary>A node of a file.</summary>
internal partial class NodeProto
{
    /// <summary>The operator set of the function that it comes from; null for the file's own.</summary>
    public int? Opset { get; set; }
}
