using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX Expand: the input broadcast with the shape that the second input holds.</summary>
public sealed class Expand(OperatorAttributes attributes) : Operator(attributes, OperatorTraits.Routes)
{
    /// <inheritdoc/>
    public override bool SharesMemory => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        return x.expand(Extents.Checked(Broadcast.Shape(x.shape, Integers(Required(inputs, 1)), Type), Type));
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => Broadcast.Shape(Required(inputs, 0).Shape, ConstantIntegers(Required(inputs, 1)), Type);
}
