using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Activations;

/// <summary>ONNX Clip (opset 11 and later): min(max(x, low), high); either bound may be left out.</summary>
public sealed class Clip(OperatorAttributes attributes) : Operator(attributes, OperatorTraits.Rectifier)
{
    /// <inheritdoc/>
    public override bool IsLearned(int input) => false;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        return (Optional(inputs, 1), Optional(inputs, 2)) switch
        {
            (null, null) => x.clone(),
            ({ } low, null) => maximum(x, low),
            (null, { } high) => minimum(x, high),
            ({ } low, { } high) => x.clamp(low, high),
        };
    }

    /// <inheritdoc/>
    public override Tensor ForwardInPlace(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        return Optional(inputs, 1) is { } low && Optional(inputs, 2) is { } high ? x.clamp_(low, high) : Forward(inputs);
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        for (int i = 1; i <= 2; i++)
            if (Known(inputs, i) is { } bound && bound.Aggregate(1L, (a, b) => a * b) != 1) throw Wrong($"has bounds of the shape [{string.Join(", ", bound)}]; single numbers belong there.");
        return [.. Required(inputs, 0).Shape];
    }
}
