using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Normalization;

/// <summary>ONNX LpNormalization: x divided by its p-norm along an axis, p = 1 or 2; lines of zeros stay.</summary>
public sealed class LpNormalization : Operator
{
    private readonly bool _squares;

    /// <param name="attributes">axis, p.</param>
    public LpNormalization(OperatorAttributes attributes) : base(attributes, OperatorTraits.Normalizes) => _squares = attributes.Integer("p", 2) switch
    {
        1 => false,
        2 => true,
        var other => throw Wrong($"has p = {other}; 1 and 2 are known."),
    };

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        using var scope = NewDisposeScope();
        long[] axis = [Axis(-1, x.shape.Length, x.shape.Length - 1)];
        Tensor sum = _squares ? (x * x).sum(axis, true) : x.abs().sum(axis, true), norm = where(sum.eq(0), ones_like(sum), sum);
        return (x / (_squares ? norm.sqrt() : norm)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] shape = [.. Required(inputs, 0).Shape];
        Axis(-1, shape.Length, last: shape.Length - 1);
        return shape;
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) => SpatialWindow.Across(Required(inputs, 0), [Axis(-1, Required(inputs, 0).Shape.Length, Required(inputs, 0).Shape.Length - 1)]);
}
