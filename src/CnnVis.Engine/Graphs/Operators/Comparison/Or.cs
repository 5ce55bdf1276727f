using CnnVis.Engine.Graphs.Operators.Arithmetic;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Comparison;

/// <summary>ONNX Or: a or b.</summary>
public sealed class Or(OperatorAttributes attributes) : BroadcastArithmetic(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Apply(Tensor a, Tensor b) => a.logical_or(b);
}
