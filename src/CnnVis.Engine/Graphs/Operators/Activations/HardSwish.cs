using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Activations;

/// <summary>ONNX HardSwish: x · max(0, min(1, x / 6 + 1/2)) (Howard et al. 2019).</summary>
public sealed class HardSwish(OperatorAttributes attributes) : Pointwise(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, bool inPlace) => nn.functional.hardswish(x, inPlace);
}
