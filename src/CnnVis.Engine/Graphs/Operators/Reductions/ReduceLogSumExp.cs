using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Reductions;

/// <summary>ONNX ReduceLogSumExp: ln Σ eˣ, without overflow.</summary>
public sealed class ReduceLogSumExp(OperatorAttributes attributes) : Reduction(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Reduce(Tensor x, long[] axes, bool keep)
    {
        Tensor sum = x.alias();
        // The logarithm of a sum of sums: one axis after the other, from the last.
        foreach (long axis in axes.Reverse())
        {
            using Tensor before = sum;
            sum = before.logsumexp(axis, keep);
        }
        return sum;
    }
}
