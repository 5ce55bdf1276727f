using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Comparison;

/// <summary>ONNX Where: the second input where the first is true, the third elsewhere; broadcast.</summary>
public sealed class Where(OperatorAttributes attributes) : Operator(attributes)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        using Tensor condition = Required(inputs, 0).to(ScalarType.Bool);
        return where(condition, Required(inputs, 1), Required(inputs, 2));
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) =>
        Broadcast.Shape(Broadcast.Shape(Required(inputs, 0).Shape, Required(inputs, 1).Shape, Type), Required(inputs, 2).Shape, Type);
}
