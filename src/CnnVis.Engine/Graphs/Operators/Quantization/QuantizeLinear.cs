using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Quantization;

/// <summary>
/// ONNX QuantizeLinear: round(x / scale) + zero point, halves to the even number, cut to the range of its type. The whole numbers stay float32,
/// so that a gradient can pass: that of x / scale inside the range, 0 outside.
/// </summary>
public sealed class QuantizeLinear : Quantization
{
    private readonly long _low, _high;

    /// <param name="attributes">axis, block_size, output_dtype where there is no zero point.</param>
    public QuantizeLinear(OperatorAttributes attributes) : base(attributes) =>
        (_low, _high) = QuantizedType.Range(NumberType);

    /// <inheritdoc/>
    public override long? FileType(int input) => input == 2 ? NumberType : null;

    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, Tensor scale, Tensor? zero)
    {
        using Tensor steps = x / scale, rounded = steps.round();
        using Tensor shifted = zero is null ? rounded.alias() : rounded + zero;
        if (!x.requires_grad) return shifted.clamp(_low, _high);
        using Tensor whole = shifted.detach().clamp_(_low, _high), exact = zero is null ? steps.clamp(_low, _high) : (steps + zero).clamp_(_low, _high), constant = exact.detach();
        return whole + (exact - constant);
    }
}
