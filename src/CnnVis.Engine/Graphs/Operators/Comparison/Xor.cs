using CnnVis.Engine.Graphs.Operators.Arithmetic;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Comparison;

/// <summary>ONNX Xor: a or b, and not both.</summary>
public sealed class Xor(OperatorAttributes attributes) : BroadcastArithmetic(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Apply(Tensor a, Tensor b) => a.logical_xor(b);
}
