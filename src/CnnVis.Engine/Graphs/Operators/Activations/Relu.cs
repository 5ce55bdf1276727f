using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>ONNX Relu: max(x, 0).</summary>
public sealed class Relu(OperatorAttributes attributes) : Pointwise(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x) => x.relu();

    /// <inheritdoc/>
    public override Tensor ForwardInPlace(Tensor?[] inputs) => Required(inputs, 0).relu_();
}
