using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Reductions;

/// <summary>
/// ONNX's reductions (operator set 18 and later): over the axes that the second input names, all of them where it names none (with
/// <c>noop_with_empty_axes</c>: no axis). <c>keepdims</c>, on by default, leaves each as an extent of 1.
/// </summary>
public abstract class Reduction(OperatorAttributes attributes) : Operator(attributes)
{
    private readonly bool _keep = attributes.Integer("keepdims", 1) != 0, _emptyIsNone = attributes.Integer("noop_with_empty_axes", 0) != 0;

    /// <inheritdoc/>
    public override bool SharesMemory => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        int[] axes = Reduced(x.shape.Length, Optional(inputs, 1) is { } given ? Integers(given) : []);
        if (axes.Length > 0) return Reduce(x, [.. axes.Select(a => (long)a)], _keep);
        if (_emptyIsNone) return x.alias();
        // A single number: libtorch needs an axis to reduce over.
        using Tensor one = x.reshape(1);
        return Reduce(one, [0], keep: false);
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] shape = Required(inputs, 0).Shape;
        int[] axes = Reduced(inputs);
        return _keep ? [.. shape.Select((extent, i) => axes.Contains(i) ? 1 : extent)] : [.. shape.Where((_, i) => !axes.Contains(i))];
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) => SpatialWindow.Across(Required(inputs, 0), Reduced(inputs));

    /// <inheritdoc/>
    public override SpatialAxes? Axes(Operand?[] inputs, long[] output) =>
        _keep ? base.Axes(inputs, output) : Required(inputs, 0).Axes?.Without(Reduced(inputs));

    /// <summary>The function, over axes in rising order.</summary>
    protected abstract Tensor Reduce(Tensor x, long[] axes, bool keep);

    /// <summary>Axes that go, in rising order.</summary>
    private protected int[] Reduced(Operand?[] inputs) =>
        Reduced(Required(inputs, 0).Shape.Length, inputs.Length > 1 && inputs[1] is { } axes ? ConstantIntegers(axes) : []);

    private int[] Reduced(int rank, long[] axes) =>
        axes.Length > 0 ? Extents.Axes(axes, rank, Type) : _emptyIsNone ? [] : [.. Enumerable.Range(0, rank)];
}
