using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX CumSum: running sums along an axis, the element itself included unless <c>exclusive</c>; from the end with <c>reverse</c>.</summary>
public sealed class CumSum(OperatorAttributes attributes) : Operator(attributes)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        int axis = Summed(x.shape, Integers(Required(inputs, 1)));
        bool reverse = Attributes.Integer("reverse", 0) != 0;
        using Tensor turned = reverse ? x.flip(axis) : x.alias(), sums = turned.cumsum(axis);
        using Tensor shifted = Attributes.Integer("exclusive", 0) != 0 ? sums - turned : sums.alias();
        return reverse ? shifted.flip(axis) : shifted.alias();
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        Summed(Required(inputs, 0).Shape, ConstantIntegers(Required(inputs, 1)));
        return [.. Required(inputs, 0).Shape];
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) =>
        SpatialWindow.Across(Required(inputs, 0), [Summed(Required(inputs, 0).Shape, ConstantIntegers(Required(inputs, 1)))]);

    private int Summed(long[] shape, long[] axes) => Extents.Axes(axes, shape.Length, Type) is [var axis] ? axis
        : throw new CnnVisException(ErrorIds.ModelUnreadable, "CumSum takes one axis.", Type);
}
