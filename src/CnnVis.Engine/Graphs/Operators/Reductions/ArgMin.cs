using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Reductions;

/// <summary>ONNX ArgMin: index of the smallest value along an axis.</summary>
public sealed class ArgMin(OperatorAttributes attributes) : ArgReduction(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Find(Tensor x, long axis, bool keep) => x.argmin(axis, keep);
}
