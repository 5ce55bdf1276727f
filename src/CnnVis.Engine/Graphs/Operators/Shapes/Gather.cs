using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX Gather: the slices along an axis that the indices name; negative ones count from the end. A single index takes the axis out.</summary>
public sealed class Gather(OperatorAttributes attributes) : Operator(attributes, OperatorTraits.Routes)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0), indices = Required(inputs, 1);
        int axis = Axis(0, x.shape.Length, x.shape.Length - 1);
        using Tensor places = Places(indices, x.shape[axis]), flat = places.reshape(-1), taken = x.index_select(axis, flat);
        return taken.reshape([.. x.shape[..axis], .. indices.shape, .. x.shape[(axis + 1)..]]);
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        Operand x = Required(inputs, 0), indices = Required(inputs, 1);
        int axis = Axis(0, x.Shape.Length, x.Shape.Length - 1);
        CheckPlaces(indices, x.Shape[axis]);
        return [.. x.Shape[..axis], .. indices.Shape, .. x.Shape[(axis + 1)..]];
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) => SpatialWindow.Across(Required(inputs, 0), [Axis(0, Required(inputs, 0).Shape.Length, Required(inputs, 0).Shape.Length - 1)]);

    /// <inheritdoc/>
    public override SpatialAxes? Axes(Operand?[] inputs, long[] output)
    {
        Operand x = Required(inputs, 0);
        int axis = Axis(0, x.Shape.Length, x.Shape.Length - 1), more = Required(inputs, 1).Shape.Length - 1;
        if (x.Axes is not { } axes || axes.Rows == axis || axes.Columns == axis) return null;
        return new SpatialAxes(axes.Rows + (axes.Rows > axis ? more : 0), axes.Columns + (axes.Columns > axis ? more : 0));
    }

    /// <summary>Indices that count from the start. A new tensor.</summary>
    internal static Tensor Places(Tensor indices, long extent)
    {
        using Tensor negative = indices.lt(0), whole = indices.to(ScalarType.Int64), wrapped = whole + extent;
        return where(negative, wrapped, whole);
    }

    /// <exception cref="CnnVisException">A known index is outside.</exception>
    internal void CheckPlaces(Operand indices, long extent) => CheckPlaces(indices, extent, Type);

    /// <exception cref="CnnVisException">A known index is outside.</exception>
    internal static void CheckPlaces(Operand indices, long extent, string type)
    {
        if (indices.Constant is { } known && Array.Find(Integers(known), i => i < -extent || i >= extent) is var wrong && (wrong < -extent || wrong >= extent))
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"{type} asks for place {wrong} of {extent}.", type);
    }
}
