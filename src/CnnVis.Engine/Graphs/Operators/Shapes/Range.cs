using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX Range: start, start + delta, … before limit.</summary>
public sealed class Range(OperatorAttributes attributes) : Operator(attributes)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor start = Required(inputs, 0), delta = Required(inputs, 2);
        using Tensor steps = arange(Count(start, Required(inputs, 1), delta), start.dtype, start.device), way = steps * delta;
        return way + start;
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => [Count(Stated(inputs, 0), Stated(inputs, 1), Stated(inputs, 2))];

    private Tensor Stated(Operand?[] inputs, int index) => Required(inputs, index).Constant
        ?? throw new CnnVisException(ErrorIds.OperatorNotSupported, "Range needs constants where this network computes them.", Type);

    private long Count(Tensor start, Tensor limit, Tensor delta)
    {
        using Tensor wideStart = start.to(ScalarType.Float64), wideLimit = limit.to(ScalarType.Float64), wideDelta = delta.to(ScalarType.Float64);
        double count = Math.Ceiling((wideLimit.item<double>() - wideStart.item<double>()) / wideDelta.item<double>());
        if (double.IsNaN(count) || count > Extents.Limit)
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"Range from {wideStart.item<double>()} to {wideLimit.item<double>()} by {wideDelta.item<double>()} has no end, or is far too long.", Type);
        return (long)Math.Max(0, count);
    }
}
