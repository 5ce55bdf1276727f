using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Activations;

/// <summary>A function of each number and those along one axis, the last by default.</summary>
internal sealed class AxisSoftmax(string type, OperatorAttributes attributes, OperatorTraits traits, Func<Tensor, long, Tensor> function) : Pointwise(attributes, traits)
{
    public override string Type => type;

    /// <summary>The axis; negative ones count from the end.</summary>
    public long Along { get; } = attributes.Integer("axis", -1);

    public override long[] Shape(Operand?[] inputs)
    {
        long[] shape = base.Shape(inputs);
        Axis(-1, shape.Length, last: shape.Length - 1);
        return shape;
    }

    public override SpatialWindow Window(Operand?[] inputs)
    {
        int rank = Required(inputs, 0).Shape.Length;
        return SpatialWindow.Across(Required(inputs, 0), [Axis(-1, rank, last: rank - 1)]);
    }

    protected override Tensor Apply(Tensor x, bool inPlace) => function(x, Along);
}
