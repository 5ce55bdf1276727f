using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Reductions;

/// <summary>
/// ONNX TopK: the k largest values along an axis in falling order (with <c>largest</c> = 0 the smallest, rising), or, as output 1, their indices.
/// Equal values keep their order. Unsorted answers, which ONNX leaves open, are sorted too.
/// </summary>
public sealed class TopK(OperatorAttributes attributes) : Operator(attributes, OperatorTraits.Routes)
{
    private readonly bool _largest = attributes.Integer("largest", 1) != 0;

    /// <inheritdoc/>
    public override int OutputCount => 2;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        int axis = Axis(-1, x.shape.Length, x.shape.Length - 1);
        var (values, indices) = sort(x, axis, _largest, stable: true);
        using (values)
        using (indices)
        {
            using Tensor first = (Attributes.Output == 0 ? values : indices).narrow(axis, 0, Integers(Required(inputs, 1)).Single());
            return first.contiguous();
        }
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] shape = [.. Required(inputs, 0).Shape];
        int axis = Axis(-1, shape.Length, shape.Length - 1);
        if (ConstantIntegers(Required(inputs, 1)) is not [var k]) throw new CnnVisException(ErrorIds.ModelUnreadable, "TopK takes one k.", Type);
        if (k < 0 || k > shape[axis]) throw new CnnVisException(ErrorIds.ModelUnreadable, $"TopK cannot take {k} of {shape[axis]} values.", Type);
        shape[axis] = k;
        return shape;
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) => SpatialWindow.Across(Required(inputs, 0), [Axis(-1, Required(inputs, 0).Shape.Length, Required(inputs, 0).Shape.Length - 1)]);
}
