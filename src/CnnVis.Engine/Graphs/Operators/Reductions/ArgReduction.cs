using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Reductions;

/// <summary>Where along an axis the extreme is; among equals the first, with <c>select_last_index</c> the last. Gives int64.</summary>
internal sealed class ArgReduction(string type, OperatorAttributes attributes, Func<Tensor, long, bool, Tensor> find) : Operator(attributes)
{
    private readonly bool _keep = attributes.Integer("keepdims", 1) != 0, _last = attributes.Integer("select_last_index", 0) != 0;

    public override string Type => type;

    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        long axis = Axis(0, x.shape.Length, x.shape.Length - 1);
        if (!_last) return find(x, axis, _keep);
        using Tensor backwards = x.flip(axis), place = find(backwards, axis, _keep);
        return x.shape[axis] - 1 - place;
    }

    public override long[] Shape(Operand?[] inputs)
    {
        long[] shape = Required(inputs, 0).Shape;
        int axis = Axis(0, shape.Length, shape.Length - 1);
        return _keep ? [.. shape[..axis], 1, .. shape[(axis + 1)..]] : [.. shape[..axis], .. shape[(axis + 1)..]];
    }

    public override SpatialWindow Window(Operand?[] inputs) => SpatialWindow.Across(Required(inputs, 0), [Reduced(inputs)]);

    public override SpatialAxes? Axes(Operand?[] inputs, long[] output) =>
        _keep ? base.Axes(inputs, output) : Required(inputs, 0).Axes?.Without([Reduced(inputs)]);

    private int Reduced(Operand?[] inputs) => Axis(0, Required(inputs, 0).Shape.Length, Required(inputs, 0).Shape.Length - 1);
}
