using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX Flatten: [d₀ … d₍axis−1₎, the rest], two dimensions.</summary>
public sealed class Flatten(OperatorAttributes attributes) : Operator(attributes, OperatorTraits.PassesOn)
{
    /// <inheritdoc/>
    public override bool SharesMemory => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        return x.reshape(Folded(x.shape));
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => Folded(Required(inputs, 0).Shape);

    /// <inheritdoc/>
    public override SpatialAxes? Axes(Operand?[] inputs, long[] output) => null;

    private long[] Folded(long[] shape)
    {
        long left = 1, right = 1;
        int axis = Axis(1, shape.Length, last: shape.Length);
        for (int i = 0; i < shape.Length; i++)
        {
            if (i < axis) left *= shape[i];
            else right *= shape[i];
        }
        return [left, right];
    }
}
