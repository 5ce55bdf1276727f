using CnnVis.Engine.Graphs.Patches;
namespace CnnVis.Engine.Graphs.Operators.Activations;

/// <summary>Softmax and its logarithm along one axis, the last by default.</summary>
public abstract class AxisSoftmax(OperatorAttributes attributes) : Pointwise(attributes)
{
    /// <summary>The attribute; negative ones count from the end.</summary>
    protected long Along { get; } = attributes.Integer("axis", -1);

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] shape = base.Shape(inputs);
        Axis(-1, shape.Length, last: shape.Length - 1);
        return shape;
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs)
    {
        int rank = Required(inputs, 0).Shape.Length;
        return SpatialWindow.Across(Required(inputs, 0), [Axis(-1, rank, last: rank - 1)]);
    }

    /// <inheritdoc/>
    public override PatchRule? Patches(Operand?[] inputs) => Along is 1 or -3 ? new PointwiseRule(1) : null;
}
