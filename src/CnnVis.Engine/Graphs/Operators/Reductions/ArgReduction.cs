using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Reductions;

/// <summary>Where along an axis the extreme is; among equals the first, with <c>select_last_index</c> the last. Gives int64.</summary>
public abstract class ArgReduction(OperatorAttributes attributes) : Operator(attributes)
{
    private readonly bool _keep = attributes.Integer("keepdims", 1) != 0, _last = attributes.Integer("select_last_index", 0) != 0;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        long axis = Axis(0, x.shape.Length, x.shape.Length - 1);
        if (!_last) return Find(x, axis, _keep);
        using Tensor backwards = x.flip(axis), place = Find(backwards, axis, _keep);
        return x.shape[axis] - 1 - place;
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] shape = Required(inputs, 0).Shape;
        int axis = Axis(0, shape.Length, shape.Length - 1);
        return _keep ? [.. shape[..axis], 1, .. shape[(axis + 1)..]] : [.. shape[..axis], .. shape[(axis + 1)..]];
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) => SpatialWindow.Across(Required(inputs, 0), [Reduced(inputs)]);

    /// <inheritdoc/>
    public override SpatialAxes? Axes(Operand?[] inputs, long[] output) =>
        _keep ? base.Axes(inputs, output) : Required(inputs, 0).Axes?.Without([Reduced(inputs)]);

    /// <summary>Index of the first extreme along the axis.</summary>
    protected abstract Tensor Find(Tensor x, long axis, bool keep);

    private int Reduced(Operand?[] inputs) => Axis(0, Required(inputs, 0).Shape.Length, Required(inputs, 0).Shape.Length - 1);
}
