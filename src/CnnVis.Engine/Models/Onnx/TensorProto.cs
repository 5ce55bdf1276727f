namespace CnnVis.Engine.Models.Onnx;

/// <summary>A tensor of a file.</summary>
internal partial class TensorProto
{
    /// <summary>Where its bytes lie, when they were left in a file; null where the message holds them.</summary>
    public StoredBytes? Stored { get; set; }

    /// <summary>The tensor itself, when another reader has made it; whoever reads the message takes it.</summary>
    public TorchSharp.torch.Tensor? Loaded { get; set; }
}
