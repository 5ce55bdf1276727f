using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX Squeeze (operator set 13 and later): takes out axes of extent 1, all of them where none are named.</summary>
public sealed class Squeeze(OperatorAttributes attributes) : Operator(attributes, OperatorTraits.PassesOn)
{
    /// <inheritdoc/>
    public override bool SharesMemory => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        int[] axes = Removed(x.shape, Optional(inputs, 1) is { } given ? Integers(given) : null);
        return x.reshape([.. x.shape.Where((_, i) => !axes.Contains(i))]);
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        int[] axes = Removed(inputs);
        return [.. Required(inputs, 0).Shape.Where((_, i) => !axes.Contains(i))];
    }

    /// <inheritdoc/>
    public override SpatialAxes? Axes(Operand?[] inputs, long[] output) => Required(inputs, 0).Axes?.Without(Removed(inputs));

    private int[] Removed(Operand?[] inputs) =>
        Removed(Required(inputs, 0).Shape, inputs.Length > 1 && inputs[1] is { } axes ? ConstantIntegers(axes) : null);

    private int[] Removed(long[] shape, long[]? named)
    {
        if (named is null) return [.. Enumerable.Range(0, shape.Length).Where(i => shape[i] == 1)];
        int[] axes = Extents.Axes(named, shape.Length, Type);
        return Array.TrueForAll(axes, axis => shape[axis] == 1) ? axes
            : throw new CnnVisException(ErrorIds.ModelUnreadable, $"Squeeze cannot take axes {string.Join(", ", named)} out of [{string.Join(", ", shape)}]: they are not 1.", Type);
    }
}
