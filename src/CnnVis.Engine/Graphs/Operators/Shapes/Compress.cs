using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX Compress: the slices along an axis, or the elements of the flat input, for which the condition is true; it may be shorter than the axis.</summary>
public sealed class Compress(OperatorAttributes attributes) : Operator(attributes)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        using var scope = NewDisposeScope();
        Tensor places = Required(inputs, 1).nonzero().reshape(-1), from = Along(x.shape) is null ? x.reshape(-1) : x;
        return from.index_select(Along(x.shape) ?? 0, places).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        Operand x = Required(inputs, 0), condition = Required(inputs, 1);
        long[] truths = Integers(condition.Constant ?? throw OpenShape("slices as the picture has"));
        long count = truths.Count(t => t != 0), extent = Along(x.Shape) is { } axis ? x.Shape[axis] : Extents.Count(x.Shape);
        if (condition.Shape.Length != 1 || Array.FindLastIndex(truths, t => t != 0) >= extent) throw Wrong($"has a condition of {truths.Length} truth values for {extent} places.");
        return Along(x.Shape) is { } along ? [.. x.Shape[..along], count, .. x.Shape[(along + 1)..]] : [count];
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) => SpatialWindow.Across(Required(inputs, 0), Along(Required(inputs, 0).Shape) is { } axis ? [axis] : [.. Enumerable.Range(0, Required(inputs, 0).Shape.Length)]);

    /// <inheritdoc/>
    public override SpatialAxes? Axes(Operand?[] inputs, long[] output) => Along(Required(inputs, 0).Shape) is null ? null : base.Axes(inputs, output);

    private int? Along(long[] shape) => Attributes.Values.ContainsKey("axis") ? Axis(0, shape.Length, shape.Length - 1) : null;
}
