using CnnVis.Engine.Graphs.Operators.Arithmetic;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Comparison;

/// <summary>ONNX GreaterOrEqual: a ≥ b, as true and false.</summary>
public sealed class GreaterOrEqual(OperatorAttributes attributes) : BroadcastArithmetic(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Apply(Tensor a, Tensor b) => a.ge(b);
}
