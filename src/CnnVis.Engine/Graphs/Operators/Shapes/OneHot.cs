using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX OneHot: a new axis of extent <c>depth</c> that holds <c>values[1]</c> where the index points and <c>values[0]</c> elsewhere; indices outside point nowhere.</summary>
public sealed class OneHot(OperatorAttributes attributes) : Operator(attributes)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor indices = Required(inputs, 0), values = Required(inputs, 2);
        long depth = Integers(Required(inputs, 1)).Single();
        int axis = Axis(-1, indices.shape.Length + 1, indices.shape.Length);
        long[] line = [.. Enumerable.Range(0, indices.shape.Length + 1).Select(i => i == axis ? depth : 1)];
        using Tensor whole = indices.to(ScalarType.Int64), places = Gather.Places(whole, depth), wide = places.unsqueeze(axis);
        using Tensor numbers = arange(depth, ScalarType.Int64, indices.device), along = numbers.reshape(line), hit = wide.eq(along);
        using Tensor off = values[0], on = values[1];
        return where(hit, on, off);
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] shape = Required(inputs, 0).Shape;
        int axis = Axis(-1, shape.Length + 1, shape.Length);
        return ConstantIntegers(Required(inputs, 1)) is [>= 0 and var depth] ? [.. shape[..axis], depth, .. shape[axis..]]
            : throw new CnnVisException(ErrorIds.ModelUnreadable, "OneHot takes one depth that is not negative.", Type);
    }

    /// <inheritdoc/>
    public override SpatialAxes? Axes(Operand?[] inputs, long[] output) => null;
}
