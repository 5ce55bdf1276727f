using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Quantization;

/// <summary>
/// Convolutions and products of quantised numbers: zero points are taken off both sides, and the sums are whole numbers. They are added up in float64, which is exact, and
/// have the type of the first input: float32 behind QuantizeLinear, so that a gradient passes.
/// </summary>
public abstract class WholeNumberProduct(OperatorAttributes attributes) : Operator(attributes)
{
    /// <summary>The attribute in which the reader keeps the types that the inputs have in the file: tensors here are widened.</summary>
    internal const string TypesAttribute = "cnnvis_types";

    /// <inheritdoc/>
    public override bool IsLearned(int input) => input < 2;

    /// <inheritdoc/>
    public override long? FileType(int input) => Attributes.Integers(TypesAttribute) is { } types && input < types.Length && types[input] > 0 ? types[input] : null;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        using var scope = NewDisposeScope();
        Tensor a = Required(inputs, 0), b = Required(inputs, 1);
        Tensor left = Centred(a, Optional(inputs, 2), isFirst: true), right = Centred(b, Optional(inputs, 3), isFirst: false);
        return Multiply(left, right).to(a.dtype).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => Plain.Shape([Required(inputs, 0), Required(inputs, 1)]);

    /// <inheritdoc/>
    public override long MultiplyAdds(Operand?[] inputs, long[] output) => Plain.MultiplyAdds([Required(inputs, 0), Required(inputs, 1)], output);

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) => Plain.Window([Required(inputs, 0), Required(inputs, 1)]);

    /// <summary>The same operator for numbers that are not quantised.</summary>
    protected abstract Operator Plain { get; }

    /// <summary>Axis of the second input that its zero points count, where they are several.</summary>
    protected abstract int ZeroPointAxis(int rank);

    /// <summary>The same for the first input.</summary>
    protected virtual int FirstZeroPointAxis(int rank) => rank - 2;

    private Tensor Multiply(Tensor a, Tensor b) => Plain.Forward([a, b]);

    private Tensor Centred(Tensor x, Tensor? zero, bool isFirst)
    {
        Tensor wide = x.to(ScalarType.Float64);
        if (zero is null) return wide;
        Tensor point = zero.to(ScalarType.Float64);
        if (point.dim() == 1 && point.shape[0] > 1)
        {
            int axis = isFirst ? FirstZeroPointAxis((int)x.dim()) : ZeroPointAxis((int)x.dim());
            point = point.reshape([.. Enumerable.Range(0, (int)x.dim()).Select(i => i == axis ? -1L : 1L)]);
        }
        else if (point.NumberOfElements == 1) point = point.reshape([]);
        return wide - point;
    }
}
