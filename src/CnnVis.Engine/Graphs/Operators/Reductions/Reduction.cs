using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Reductions;

/// <summary>
/// A reduction from the table: over the axes that the second input names, all of them where it names none (with
/// <c>noop_with_empty_axes</c>: no axis). <c>keepdims</c>, on by default, leaves each as an extent of 1.
/// </summary>
internal sealed class Reduction(string type, OperatorAttributes attributes, OperatorTraits traits, Func<Tensor, long[], bool, Tensor> function)
    : Operator(attributes, traits | OperatorTraits.Pools)
{
    private readonly bool _keep = attributes.Integer("keepdims", 1) != 0, _emptyIsNone = attributes.Integer("noop_with_empty_axes", 0) != 0;

    public override string Type => type;

    public override bool SharesMemory => true;

    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        int[] axes = Reduced(x.shape.Length, Optional(inputs, 1) is { } given ? Integers(given) : []);
        if (axes.Length > 0) return function(x, [.. axes.Select(a => (long)a)], _keep);
        if (_emptyIsNone) return x.alias();
        // A single number: libtorch needs an axis to reduce over.
        using Tensor one = x.reshape(1);
        return function(one, [0], false);
    }

    public override long[] Shape(Operand?[] inputs)
    {
        long[] shape = Required(inputs, 0).Shape;
        int[] axes = Reduced(inputs);
        return _keep ? [.. shape.Select((extent, i) => axes.Contains(i) ? 1 : extent)] : [.. shape.Where((_, i) => !axes.Contains(i))];
    }

    public override SpatialWindow Window(Operand?[] inputs) => SpatialWindow.Across(Required(inputs, 0), Reduced(inputs));

    public override SpatialAxes? Axes(Operand?[] inputs, long[] output) =>
        _keep ? base.Axes(inputs, output) : Required(inputs, 0).Axes?.Without(Reduced(inputs));

    /// <summary>Axes that go, in rising order.</summary>
    public int[] Reduced(Operand?[] inputs) =>
        Reduced(Required(inputs, 0).Shape.Length, inputs.Length > 1 && inputs[1] is { } axes ? ConstantIntegers(axes) : []);

    private int[] Reduced(int rank, long[] axes) =>
        axes.Length > 0 ? Extents.Axes(axes, rank, Type) : _emptyIsNone ? [] : [.. Enumerable.Range(0, rank)];
}
