using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX Trilu: the upper (or, with <c>upper</c> = 0, lower) triangle of the last two axes, from diagonal k; 0 elsewhere.</summary>
public sealed class Trilu(OperatorAttributes attributes) : Operator(attributes, OperatorTraits.Routes)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        // No matrix has 2³¹ diagonals.
        long diagonal = Optional(inputs, 1) is { } k ? Math.Clamp(Integers(k).Single(), int.MinValue, int.MaxValue) : 0;
        return Attributes.Integer("upper", 1) != 0 ? x.triu(diagonal) : x.tril(diagonal);
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => Required(inputs, 0).Shape is { Length: >= 2 } shape ? [.. shape]
        : throw new CnnVisException(ErrorIds.ModelUnreadable, "Trilu takes a matrix, or a batch of them.", Type);
}
