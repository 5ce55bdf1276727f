using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Reductions;

/// <summary>ONNX ReduceL2: √Σ x².</summary>
public sealed class ReduceL2(OperatorAttributes attributes) : Reduction(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Reduce(Tensor x, long[] axes, bool keep)
    {
        using Tensor square = x * x, sum = square.sum(axes, keep, x.dtype);
        return sum.sqrt().to(x.dtype);
    }
}
