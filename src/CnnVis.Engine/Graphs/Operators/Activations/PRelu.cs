using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Activations;

/// <summary>ONNX PRelu (He et al. 2015): x where it is positive, slope · x elsewhere; the slope is learned, and broadcast to x.</summary>
public sealed class PRelu(OperatorAttributes attributes) : Operator(attributes, OperatorTraits.Rectifier)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        using Tensor negative = x < 0, sloped = x * Required(inputs, 1);
        return where(negative, sloped, x);
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => Broadcast.Onto(Required(inputs, 0).Shape, Required(inputs, 1).Shape, Type);
}
