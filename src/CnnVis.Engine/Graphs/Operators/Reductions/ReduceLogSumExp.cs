using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>ONNX ReduceLogSumExp: ln Σ eˣ, without overflow.</summary>
public sealed class ReduceLogSumExp(OperatorAttributes attributes) : Reduction(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Reduce(Tensor x, long[] axes, bool keep)
    {
        return x.logsumexp(axes, keep);
    }
}
