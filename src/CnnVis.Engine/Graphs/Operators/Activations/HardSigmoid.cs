using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Activations;

/// <summary>ONNX HardSigmoid: max(0, min(1, alpha · x + beta)).</summary>
public sealed class HardSigmoid(OperatorAttributes attributes) : Pointwise(attributes)
{
    private readonly float _alpha = attributes.Number("alpha", 0.2f);
    private readonly float _beta = attributes.Number("beta", 0.5f);

    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, bool inPlace) => (inPlace ? x.mul_(_alpha) : x * _alpha).add_(_beta).clamp_(0, 1);
}
