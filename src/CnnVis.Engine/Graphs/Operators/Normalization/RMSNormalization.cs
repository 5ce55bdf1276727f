using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Normalization;

/// <summary>ONNX RMSNormalization (Zhang and Sennrich 2019): scale · x / √(mean x² + epsilon), over the axes from <c>axis</c> to the last.</summary>
public sealed class RMSNormalization(OperatorAttributes attributes) : Operator(attributes, OperatorTraits.Normalizes)
{
    private readonly float _epsilon = attributes.Number("epsilon", 1e-5f);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        using var scope = NewDisposeScope();
        int first = Axis(-1, x.shape.Length, last: x.shape.Length - 1);
        long[] axes = [.. Enumerable.Range(first, x.shape.Length - first).Select(a => (long)a)];
        return (x / ((x * x).mean(axes, true) + _epsilon).sqrt() * Required(inputs, 1)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] x = Required(inputs, 0).Shape;
        Axis(-1, x.Length, last: x.Length - 1);
        return Broadcast.Onto(x, Required(inputs, 1).Shape, Type);
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs)
    {
        int rank = Required(inputs, 0).Shape.Length, first = Axis(-1, rank, last: rank - 1);
        return SpatialWindow.Across(Required(inputs, 0), [.. Enumerable.Range(first, rank - first)]);
    }
}
