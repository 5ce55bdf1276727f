using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Activations;

/// <summary>ONNX LogSoftmax (opset 13 and later): x − ln Σ exp(x) along one axis, the last by default.</summary>
public sealed class LogSoftmax(OperatorAttributes attributes) : AxisSoftmax(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, bool inPlace) => x.log_softmax(Along);
}
