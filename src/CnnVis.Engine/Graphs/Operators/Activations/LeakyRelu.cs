using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Activations;

/// <summary>ONNX LeakyRelu: x where it is positive, alpha · x elsewhere.</summary>
public sealed class LeakyRelu(OperatorAttributes attributes) : Pointwise(attributes)
{
    private readonly float _alpha = attributes.Number("alpha", 0.01f);

    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, bool inPlace) => nn.functional.leaky_relu(x, _alpha, inPlace);
}
