using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Reductions;

/// <summary>ONNX ReduceSum: Σ x.</summary>
public sealed class ReduceSum(OperatorAttributes attributes) : Reduction(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Reduce(Tensor x, long[] axes, bool keep)
    {
        return x.sum(axes, keep, x.dtype);
    }
}
