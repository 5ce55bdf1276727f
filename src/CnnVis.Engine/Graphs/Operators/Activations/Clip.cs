using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>ONNX Clip (opset 11 and later): min(max(x, low), high); either bound may be left out.</summary>
public sealed class Clip(OperatorAttributes attributes) : Operator(attributes)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        return (Optional(inputs, 1), Optional(inputs, 2)) switch
        {
            (null, null) => x.alias(),
            ({ } low, null) => maximum(x, low),
            (null, { } high) => minimum(x, high),
            ({ } low, { } high) => x.clamp(low, high),
        };
    }

    /// <inheritdoc/>
    public override bool SharesMemory => true;

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => [.. Required(inputs, 0).Shape];
}
