using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Arithmetic;

/// <summary>Element-wise operators of two inputs, broadcast as NumPy's.</summary>
public abstract class BroadcastArithmetic(OperatorAttributes attributes) : Operator(attributes)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs) => Apply(Required(inputs, 0), Required(inputs, 1));

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => Broadcast.Shape(Required(inputs, 0).Shape, Required(inputs, 1).Shape, Type);

    /// <summary>The function.</summary>
    protected abstract Tensor Apply(Tensor a, Tensor b);
}
