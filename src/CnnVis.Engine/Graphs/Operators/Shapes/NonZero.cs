using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX NonZero: places of the elements that are not 0, in their order, one column each: [rank, count]. How many there are, only a run tells.</summary>
public sealed class NonZero(OperatorAttributes attributes) : Operator(attributes)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        using Tensor rows = Required(inputs, 0).nonzero(); // [count, rank]
        return rows.transpose(0, 1).contiguous();
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        Operand x = Required(inputs, 0);
        using Tensor answer = Forward([x.Constant ?? throw OpenShape("places as the picture has")]);
        return answer.shape;
    }

    /// <inheritdoc/>
    public override SpatialAxes? Axes(Operand?[] inputs, long[] output) => null;
}
