using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>ONNX Concat along one axis.</summary>
public sealed class Concat(OperatorAttributes attributes) : Operator(attributes)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs) => cat([.. inputs.Select((_, i) => Required(inputs, i))], Attributes.Integer("axis", 1));

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] shape = [.. Required(inputs, 0).Shape];
        int axis = Axis(1, shape.Length, last: shape.Length - 1);
        for (int i = 1; i < inputs.Length; i++)
        {
            long[] other = Required(inputs, i).Shape;
            for (int d = 0; d < shape.Length; d++)
                if (other.Length != shape.Length || d != axis && other[d] != shape[d])
                    throw new CnnVisException(ErrorIds.ModelUnreadable, $"Concat cannot join [{string.Join(", ", shape)}] and [{string.Join(", ", other)}].", Type);
            shape[axis] += other[axis];
        }
        return shape;
    }
}
