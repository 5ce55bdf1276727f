using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>
/// One part of ONNX Split (operator set 18 and later): sizes along the axis are the second input, or <c>num_outputs</c> equal ones of which the
/// last may be smaller. Which part, <see cref="OperatorAttributes.Output"/> says.
/// </summary>
public sealed class Split(OperatorAttributes attributes) : Operator(attributes, OperatorTraits.Routes)
{
    /// <inheritdoc/>
    public override int OutputCount => Attributes.Outputs;

    /// <inheritdoc/>
    public override bool SharesMemory => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        var (axis, start, size) = Part(x.shape, Optional(inputs, 1) is { } given ? Integers(given) : null);
        return x.narrow(axis, start, size);
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] shape = [.. Required(inputs, 0).Shape];
        var (axis, _, size) = Part(inputs);
        shape[axis] = size;
        return shape;
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs)
    {
        var (axis, start, _) = Part(inputs);
        SpatialAxes? axes = Required(inputs, 0).Map;
        return new SpatialWindow(Along(axes?.Rows), Along(axes?.Columns));

        WindowAxis Along(int? map) => map == axis ? new WindowAxis(1, 1, -start) : WindowAxis.Pointwise;
    }

    /// <summary>The axis that is cut.</summary>
    internal int Along(Operand?[] inputs) => Part(inputs).Axis;

    private (int Axis, long Start, long Size) Part(Operand?[] inputs) =>
        Part(Required(inputs, 0).Shape, inputs.Length > 1 && inputs[1] is { } given ? ConstantIntegers(given) : null);

    private (int Axis, long Start, long Size) Part(long[] shape, long[]? sizes)
    {
        int axis = Axis(0, shape.Length, shape.Length - 1), parts = Attributes.Outputs;
        if (sizes is null)
        {
            long each = (shape[axis] + parts - 1) / parts;
            sizes = [.. Enumerable.Range(0, parts).Select(i => Math.Clamp(shape[axis] - i * each, 0, each))];
        }
        if (sizes.Length != parts || Array.Exists(sizes, size => size < 0 || size > shape[axis]) || sizes.Sum() != shape[axis])
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"Split cannot cut {shape[axis]} along axis {axis} into {parts} parts of {string.Join(", ", sizes)}.", Type);
        return (axis, sizes[..Attributes.Output].Sum(), sizes[Attributes.Output]);
    }
}
