using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Activations;

/// <summary>ONNX ThresholdedRelu: x where it is above alpha, 0 elsewhere.</summary>
public sealed class ThresholdedRelu(OperatorAttributes attributes) : Pointwise(attributes)
{
    private readonly float _alpha = attributes.Number("alpha", 1);

    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, bool inPlace) => nn.functional.threshold(x, _alpha, 0, inPlace);
}
