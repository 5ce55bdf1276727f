using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX CastLike: the first input in the second one's type: float32, int64 or bool.</summary>
public sealed class CastLike(OperatorAttributes attributes) : Operator(attributes, OperatorTraits.PassesOn)
{
    /// <inheritdoc/>
    public override bool SharesMemory => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0), like = Required(inputs, 1);
        return x.dtype == like.dtype ? x.alias() : x.to(like.dtype);
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => [.. Required(inputs, 0).Shape];
}
