using CnnVis.Engine.Graphs.Patches;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Reductions;

/// <summary>ONNX ReduceMean: Σ x / n; of whole numbers, without its fraction.</summary>
public sealed class ReduceMean(OperatorAttributes attributes) : Reduction(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Reduce(Tensor x, long[] axes, bool keep)
    {
        if (x.is_floating_point()) return x.mean(axes, keep);
        using Tensor wide = x.to(ScalarType.Float64), mean = wide.mean(axes, keep);
        return mean.to(x.dtype);
    }

    /// <inheritdoc/>
    public override PatchRule? Patches(Operand?[] inputs) => Required(inputs, 0).Shape.Length == 4 && Reduced(inputs) is [2, 3] ? new MeanRule() : null;
}
