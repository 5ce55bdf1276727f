using CnnVis.Engine.Graphs.Patches;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>ONNX MatMul: the matrix product over the last two dimensions, batched and broadcast as NumPy's.</summary>
public sealed class MatMul(OperatorAttributes attributes) : Operator(attributes)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs) => Required(inputs, 0).matmul(Required(inputs, 1));

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] a = Required(inputs, 0).Shape, b = Required(inputs, 1).Shape;
        if (a.Length < 2 || b.Length < 2 || a[^1] != b[^2])
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"MatMul cannot multiply [{string.Join(", ", a)}] by [{string.Join(", ", b)}].", Type);
        return [.. Broadcast.Shape(a[..^2], b[..^2], Type), a[^2], b[^1]];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(Operand?[] inputs, long[] output) =>
        output.Skip(1).Aggregate(1L, (x, y) => x * y) * Required(inputs, 0).Shape[^1];

    /// <inheritdoc/>
    public override PatchRule? Patches(Operand?[] inputs) => new LinearRule(1, transposed: false, 1);
}
