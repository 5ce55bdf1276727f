using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Normalization;

/// <summary>ONNX LayerNormalization (Ba et al. 2016): scale · (x − mean) / √(variance + epsilon) + bias, by the statistics of the axes from <c>axis</c> to the last. Output 1 is the mean, 2 the inverse deviation.</summary>
public sealed class LayerNormalization(OperatorAttributes attributes) : Operator(attributes, OperatorTraits.Normalizes)
{
    private readonly float _epsilon = attributes.Number("epsilon", 1e-5f);

    /// <inheritdoc/>
    public override int OutputCount => 3;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        if (Attributes.Output > 0) return Statistic(Required(inputs, 0));
        Tensor x = Required(inputs, 0), scale = Required(inputs, 1);
        Tensor? bias = Optional(inputs, 2);
        long[] normalized = x.shape[Axis(-1, x.shape.Length, last: x.shape.Length - 1)..];
        if (scale.shape.AsSpan().SequenceEqual(normalized) && (bias is null || bias.shape.AsSpan().SequenceEqual(normalized)))
            return nn.functional.layer_norm(x, normalized, scale, bias, _epsilon);
        using Tensor plain = nn.functional.layer_norm(x, normalized, null, null, _epsilon);
        Tensor scaled = plain * scale;
        return bias is null ? scaled : scaled.add_(bias);
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] x = Required(inputs, 0).Shape;
        Axis(-1, x.Length, last: x.Length - 1);
        Broadcast.Onto(x, Required(inputs, 1).Shape, Type);
        if (Known(inputs, 2) is { } bias) Broadcast.Onto(x, bias, Type);
        return Attributes.Output == 0 ? [.. x] : [.. x[..Axis(-1, x.Length, last: x.Length - 1)], .. Enumerable.Repeat(1L, x.Length - Axis(-1, x.Length, last: x.Length - 1))];
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs)
    {
        int rank = Required(inputs, 0).Shape.Length, first = Axis(-1, rank, last: rank - 1);
        return SpatialWindow.Across(Required(inputs, 0), [.. Enumerable.Range(first, rank - first)]);
    }

    /// <summary>Output 1, the mean, or 2, 1 / √(variance + epsilon).</summary>
    private Tensor Statistic(Tensor x)
    {
        int first = Axis(-1, x.shape.Length, last: x.shape.Length - 1);
        long[] axes = [.. Enumerable.Range(first, x.shape.Length - first).Select(a => (long)a)];
        if (Attributes.Output == 1) return x.mean(axes, true);
        using var scope = NewDisposeScope();
        Tensor centred = x - x.mean(axes, true);
        return ((centred * centred).mean(axes, true) + _epsilon).rsqrt().MoveToOuterDisposeScope();
    }
}
