using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>ONNX Xor: a or b, and not both.</summary>
public sealed class Xor(OperatorAttributes attributes) : Arithmetic(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Apply(Tensor a, Tensor b) => a.logical_xor(b);
}
