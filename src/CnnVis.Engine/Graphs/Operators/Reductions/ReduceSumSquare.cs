using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Reductions;

/// <summary>ONNX ReduceSumSquare: Σ x².</summary>
public sealed class ReduceSumSquare(OperatorAttributes attributes) : Reduction(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Reduce(Tensor x, long[] axes, bool keep)
    {
        using Tensor square = x * x;
        return square.sum(axes, keep, x.dtype);
    }
}
