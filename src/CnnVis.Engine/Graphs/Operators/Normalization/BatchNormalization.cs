using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>ONNX BatchNormalization at inference (Ioffe and Szegedy 2015): scale · (x − mean) / √(variance + epsilon) + bias, per channel.</summary>
public sealed class BatchNormalization(OperatorAttributes attributes) : Operator(attributes)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs) => nn.functional.batch_norm(
        Required(inputs, 0), Required(inputs, 3), Required(inputs, 4), Required(inputs, 1), Required(inputs, 2), training: false, eps: Attributes.Number("epsilon", 1e-5f));

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => [.. Required(inputs, 0).Shape];
}
