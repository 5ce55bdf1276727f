using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Reductions;

/// <summary>ONNX ArgMax: index of the largest value along an axis.</summary>
public sealed class ArgMax(OperatorAttributes attributes) : ArgReduction(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Find(Tensor x, long axis, bool keep) => x.argmax(axis, keep);
}
