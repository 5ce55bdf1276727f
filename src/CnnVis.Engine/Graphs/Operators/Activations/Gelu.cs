using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Activations;

/// <summary>ONNX Gelu: x · Φ(x), the normal distribution's Φ exactly or by tanh (Hendrycks and Gimpel 2016).</summary>
public sealed class Gelu(OperatorAttributes attributes) : Pointwise(attributes)
{
    private readonly TorchSharp.Modules.GELU.Approximate _approximate = attributes.OneOf("approximate", "none", "tanh") == "tanh" ? TorchSharp.Modules.GELU.Approximate.tanh : TorchSharp.Modules.GELU.Approximate.none;

    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, bool inPlace) => nn.functional.gelu(x, _approximate, inPlace);
}
