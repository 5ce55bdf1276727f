using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Activations;

/// <summary>ONNX Elu: x where it is positive, alpha · (eˣ − 1) elsewhere (Clevert et al. 2016).</summary>
public sealed class Elu(OperatorAttributes attributes) : Pointwise(attributes)
{
    private readonly float _alpha = attributes.Number("alpha", 1);

    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, bool inPlace) => nn.functional.elu(x, _alpha, inPlace);
}
