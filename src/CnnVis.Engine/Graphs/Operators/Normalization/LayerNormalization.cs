using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Normalization;

/// <summary>ONNX LayerNormalization (Ba et al. 2016): scale · (x − mean) / √(variance + epsilon) + bias, by the statistics of the axes from <c>axis</c> to the last.</summary>
public sealed class LayerNormalization(OperatorAttributes attributes) : Operator(attributes, OperatorTraits.Normalizes)
{
    private readonly float _epsilon = attributes.Number("epsilon", 1e-5f);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
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
        return [.. x];
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs)
    {
        int rank = Required(inputs, 0).Shape.Length, first = Axis(-1, rank, last: rank - 1);
        return SpatialWindow.Across(Required(inputs, 0), [.. Enumerable.Range(first, rank - first)]);
    }
}
