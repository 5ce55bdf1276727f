using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Activations;

/// <summary>ONNX Tanh: the hyperbolic tangent.</summary>
public sealed class Tanh(OperatorAttributes attributes) : Pointwise(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, bool inPlace) => inPlace ? x.tanh_() : x.tanh();
}
