using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Reductions;

/// <summary>ONNX ReduceL1: Σ |x|.</summary>
public sealed class ReduceL1(OperatorAttributes attributes) : Reduction(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Reduce(Tensor x, long[] axes, bool keep)
    {
        using Tensor size = x.abs();
        return size.sum(axes, keep, x.dtype);
    }
}
