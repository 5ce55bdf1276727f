using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX EyeLike: 1 on diagonal k and 0 elsewhere, of the input's shape, and of its type unless <c>dtype</c> says another.</summary>
public sealed class EyeLike(OperatorAttributes attributes) : Operator(attributes)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        using var scope = NewDisposeScope();
        Tensor rows = arange(x.shape[0], device: x.device).unsqueeze(1), columns = arange(x.shape[1], device: x.device).unsqueeze(0);
        ScalarType type = Attributes.Integer("dtype", 0) switch { 0 => x.dtype, 1 or 10 or 11 or 16 => ScalarType.Float32, 9 => ScalarType.Bool, _ => ScalarType.Int64 };
        return (columns - rows).eq(tensor(Attributes.Integer("k", 0), device: x.device)).to(type).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => Required(inputs, 0).Shape is { Length: 2 } shape ? [.. shape] : throw Wrong($"takes a matrix; this input has {Required(inputs, 0).Shape.Length} dimensions.");

    /// <inheritdoc/>
    public override Tensor? Value(Operand?[] inputs)
    {
        using Tensor like = Required(inputs, 0).Constant is { } known ? known.alias() : zeros(Required(inputs, 0).Shape);
        return Required(inputs, 0).Constant is null && Attributes.Integer("dtype", 0) == 0 ? null : Forward([like]);
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) => SpatialWindow.None;
}
