using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX Concat along one axis.</summary>
public sealed class Concat(OperatorAttributes attributes) : Operator(attributes, OperatorTraits.Routes)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs) => cat([.. inputs.Select((_, i) => Required(inputs, i))], Attributes.Integer("axis", 1));

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] shape = [.. Required(inputs, 0).Shape];
        int axis = Joined(inputs);
        for (int i = 1; i < inputs.Length; i++)
        {
            long[] other = Required(inputs, i).Shape;
            for (int d = 0; d < shape.Length; d++)
                if (other.Length != shape.Length || d != axis && other[d] != shape[d])
                    throw new CnnVisException(ErrorIds.ModelUnreadable, $"Concat cannot join [{string.Join(", ", shape)}] and [{string.Join(", ", other)}].", Type);
            shape[axis] += other[axis];
        }
        return shape;
    }

    /// <summary>Maps put beside each other along rows or columns: the whole of each.</summary>
    public override SpatialWindow Window(Operand?[] inputs) => SpatialWindow.Across(inputs.FirstOrDefault(i => i?.Axes is not null) ?? Required(inputs, 0), [Joined(inputs)]);

    /// <inheritdoc/>
    public override SpatialAxes? Axes(Operand?[] inputs, long[] output) =>
        base.Axes(inputs, output) is { } axes && axes.Rows != Joined(inputs) && axes.Columns != Joined(inputs) ? axes : null;

    /// <summary>The axis along which the inputs are joined.</summary>
    internal int Joined(Operand?[] inputs) => Axis(1, Required(inputs, 0).Shape.Length, Required(inputs, 0).Shape.Length - 1);
}
