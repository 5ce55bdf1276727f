using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Activations;

/// <summary>ONNX Softmax (opset 13 and later): exp(x) / Σ exp(x) along one axis, the last by default.</summary>
public sealed class Softmax(OperatorAttributes attributes) : AxisSoftmax(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, bool inPlace) => x.softmax(Along);
}
