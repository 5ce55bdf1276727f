using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Activations;

/// <summary>ONNX Celu: max(0, x) + min(0, alpha · (exp(x / alpha) − 1)) (Barron 2017).</summary>
public sealed class Celu(OperatorAttributes attributes) : Pointwise(attributes)
{
    private readonly float _alpha = attributes.Number("alpha", 1) is var alpha && alpha != 0 ? alpha : throw new CnnVisException(ErrorIds.ModelUnreadable, "Celu has an alpha of 0.", nameof(Celu));

    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, bool inPlace) => nn.functional.celu(x, _alpha, inPlace);
}
