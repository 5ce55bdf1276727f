using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX Transpose: axis i of the output is axis <c>perm[i]</c> of the input; all reversed by default.</summary>
public sealed class Transpose(OperatorAttributes attributes) : Operator(attributes, OperatorTraits.Routes)
{
    /// <inheritdoc/>
    public override bool SharesMemory => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        return x.permute(Order(x.shape.Length));
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] shape = Required(inputs, 0).Shape;
        return [.. Order(shape.Length).Select(axis => shape[axis])];
    }

    /// <inheritdoc/>
    public override SpatialAxes? Axes(Operand?[] inputs, long[] output)
    {
        Operand x = Required(inputs, 0);
        long[] order = Order(x.Shape.Length);
        return x.Axes is { } axes ? new SpatialAxes(Array.IndexOf(order, axes.Rows), Array.IndexOf(order, axes.Columns)) : null;
    }

    private long[] Order(int rank)
    {
        long[] order = Attributes.Integers("perm") ?? [.. Enumerable.Range(0, rank).Reverse().Select(a => (long)a)];
        return order.Order().SequenceEqual(Enumerable.Range(0, rank).Select(a => (long)a)) ? order
            : throw new CnnVisException(ErrorIds.ModelUnreadable, $"Transpose by [{string.Join(", ", order)}] does not fit an input of {rank} dimensions.", Type);
    }
}
