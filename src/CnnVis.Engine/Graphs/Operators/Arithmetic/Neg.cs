using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Arithmetic;

/// <summary>ONNX Neg: −x.</summary>
public sealed class Neg(OperatorAttributes attributes) : Pointwise(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, bool inPlace) => inPlace ? x.neg_() : x.neg();
}
