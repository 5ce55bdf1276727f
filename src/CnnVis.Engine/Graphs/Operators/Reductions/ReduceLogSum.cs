using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Reductions;

/// <summary>ONNX ReduceLogSum: ln Σ x.</summary>
public sealed class ReduceLogSum(OperatorAttributes attributes) : Reduction(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Reduce(Tensor x, long[] axes, bool keep)
    {
        using Tensor sum = x.sum(axes, keep, x.dtype);
        return sum.log().to(x.dtype);
    }
}
