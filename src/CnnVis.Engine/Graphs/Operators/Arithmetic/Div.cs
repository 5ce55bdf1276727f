using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>ONNX Div: a / b.</summary>
public sealed class Div(OperatorAttributes attributes) : Arithmetic(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Apply(Tensor a, Tensor b) => a / b;
}
