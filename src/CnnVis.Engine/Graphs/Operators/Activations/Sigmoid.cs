using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Activations;

/// <summary>ONNX Sigmoid: 1 / (1 + e⁻ˣ).</summary>
public sealed class Sigmoid(OperatorAttributes attributes) : Pointwise(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, bool inPlace) => inPlace ? x.sigmoid_() : x.sigmoid();
}
