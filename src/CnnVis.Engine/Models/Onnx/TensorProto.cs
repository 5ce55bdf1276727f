namespace CnnVis.Engine.Models.Onnx;

/// <summary>A tensor of a file.</summary>
internal partial class TensorProto
{
    /// <summary>Where its bytes lie, when they were left in a file; null where the message holds them.</summary>
    public StoredBytes? Stored { get; set; }
}
