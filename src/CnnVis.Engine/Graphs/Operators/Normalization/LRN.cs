using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>ONNX LRN, the local response normalisation of AlexNet (Krizhevsky et al. 2012, section 3.3): x / (bias + alpha / size · Σ x²)^beta over neighbouring channels.</summary>
public sealed class LRN(OperatorAttributes attributes) : Pointwise(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x) =>
        nn.functional.local_response_norm(x, Attributes.Integer("size", 1), Attributes.Number("alpha", 1e-4f), Attributes.Number("beta", 0.75f), Attributes.Number("bias", 1f));
}
