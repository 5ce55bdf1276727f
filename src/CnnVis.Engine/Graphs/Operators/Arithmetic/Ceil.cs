using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Arithmetic;

/// <summary>ONNX Ceil: the smallest whole number not below x.</summary>
public sealed class Ceil(OperatorAttributes attributes) : Pointwise(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, bool inPlace) => inPlace ? x.ceil_() : x.ceil();
}
