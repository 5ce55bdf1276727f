using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Quantization;

/// <summary>
/// ONNX DynamicQuantizeLinear to uint8: scale = (max(0, max x) − min(0, min x)) / 255, zero point = round(−min / scale), y = round(x / scale) + zero point, each within 0 to 255. Output 0 is
/// y (float32 holding whole numbers, with the gradient of x / scale), 1 the scale, 2 the zero point. In a network of pictures each has a scale and a zero point of its own.
/// </summary>
public sealed class DynamicQuantizeLinear(OperatorAttributes attributes) : Operator(attributes)
{
    private readonly bool _each = attributes.Integer(PicturesAttribute, 0) != 0;

    /// <inheritdoc/>
    public override int OutputCount => 3;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        using var scope = NewDisposeScope();
        Tensor x = Required(inputs, 0), numbers = x.detach(), flat = numbers.reshape(_each ? x.shape[0] : 1, -1);
        Tensor low = flat.amin([1L]).clamp_max(0), high = flat.amax([1L]).clamp_min(0), range = high - low;
        Tensor scale = where(range.eq(0), ones_like(range), range) / 255, zero = (-low / scale).round().clamp(0, 255);
        long[] shape = _each ? [-1, .. Enumerable.Repeat(1L, x.shape.Length - 1)] : [];
        (scale, zero) = (scale.reshape(shape), zero.reshape(shape));
        if (Attributes.Output == 1) return where(range.reshape(shape).eq(0), zeros_like(scale), scale).MoveToOuterDisposeScope();
        if (Attributes.Output == 2) return zero.MoveToOuterDisposeScope();
        Tensor steps = x / scale, whole = (steps.detach().round() + zero).clamp_(0, 255);
        if (!x.requires_grad) return whole.MoveToOuterDisposeScope();
        Tensor exact = (steps + zero).clamp(0, 255);
        return (whole + (exact - exact.detach())).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] x = Required(inputs, 0).Shape;
        return Attributes.Output == 0 ? [.. x] : _each ? [x[0], .. Enumerable.Repeat(1L, x.Length - 1)] : [];
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) => Attributes.Output == 0 || Required(inputs, 0).Map is not { } map ? SpatialWindow.Pointwise
        : SpatialWindow.Across(Required(inputs, 0), [map.Rows, map.Columns]);
}
