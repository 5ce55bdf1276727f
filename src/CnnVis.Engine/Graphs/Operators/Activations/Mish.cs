using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Activations;

/// <summary>ONNX Mish: x · tanh(ln(1 + eˣ)) (Misra 2019).</summary>
public sealed class Mish(OperatorAttributes attributes) : Pointwise(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, bool inPlace) => nn.functional.mish(x, inPlace);
}
