using CnnVis.Engine.Graphs.Operators.Arithmetic;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Comparison;

/// <summary>ONNX Less: a &lt; b, as true and false.</summary>
public sealed class Less(OperatorAttributes attributes) : BroadcastArithmetic(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Apply(Tensor a, Tensor b) => a.lt(b);
}
