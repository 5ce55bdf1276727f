using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Arithmetic;

/// <summary>ONNX Round: the nearest whole number; halves go to the even one.</summary>
public sealed class Round(OperatorAttributes attributes) : Pointwise(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, bool inPlace) => inPlace ? x.round_() : x.round();
}
