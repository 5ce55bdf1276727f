using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Reductions;

/// <summary>ONNX ReduceProd: the product.</summary>
public sealed class ReduceProd(OperatorAttributes attributes) : Reduction(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Reduce(Tensor x, long[] axes, bool keep)
    {
        Tensor product = x.alias();
        foreach (long axis in axes.Reverse())
        {
            using Tensor before = product;
            product = before.prod(axis, keep, x.dtype);
        }
        return product;
    }
}
