using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Activations;

/// <summary>ONNX Selu: gamma · x where it is positive, gamma · alpha · (eˣ − 1) elsewhere (Klambauer et al. 2017).</summary>
public sealed class Selu(OperatorAttributes attributes) : Pointwise(attributes)
{
    private readonly float _alpha = attributes.Number("alpha", 1.67326319217681884765625f);
    private readonly float _gamma = attributes.Number("gamma", 1.05070102214813232421875f);

    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, bool inPlace) => nn.functional.elu(x, _alpha, inPlace).mul_(_gamma);
}
