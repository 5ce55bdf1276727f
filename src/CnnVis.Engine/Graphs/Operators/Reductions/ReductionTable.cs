using static CnnVis.Engine.Graphs.Operators.OperatorNames;
using static CnnVis.Engine.Graphs.Operators.OperatorRows;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Reductions;

/// <summary>ONNX's reductions over axes, as of operator set 18.</summary>
internal static class ReductionTable
{
    public static IReadOnlyDictionary<string, OperatorMaker> Rows { get; } = new Dictionary<string, OperatorMaker>(StringComparer.Ordinal)
    {
        ["ReduceSum"] = Reduction((x, axes, keep) => x.sum(axes, keep, x.dtype)),
        [ReduceMean] = Reduction(Mean),
        ["ReduceMax"] = Reduction((x, axes, keep) => Extreme(x, axes, keep, largest: true), OperatorTraits.Routes),
        ["ReduceMin"] = Reduction((x, axes, keep) => Extreme(x, axes, keep, largest: false), OperatorTraits.Routes),
        ["ReduceProd"] = Reduction((x, axes, keep) => EachAxis(x, axes, (part, axis) => part.prod(axis, keep, x.dtype))),
        ["ReduceL1"] = Reduction((x, axes, keep) => Then(x.abs(), size => size.sum(axes, keep, x.dtype))), // Σ |x|
        ["ReduceL2"] = Reduction((x, axes, keep) => Then(SumOfSquares(x, axes, keep), sum => sum.sqrt().to(x.dtype))), // √Σ x²
        ["ReduceSumSquare"] = Reduction(SumOfSquares),
        ["ReduceLogSum"] = Reduction((x, axes, keep) => Then(x.sum(axes, keep, x.dtype), sum => sum.log().to(x.dtype))), // ln Σ x
        ["ReduceLogSumExp"] = Reduction((x, axes, keep) => EachAxis(x, axes, (part, axis) => part.logsumexp(axis, keep))), // ln Σ eˣ without overflow: the logarithm of a sum of sums

        ["ArgMax"] = Index((x, axis, keep) => x.argmax(axis, keep)),
        ["ArgMin"] = Index((x, axis, keep) => x.argmin(axis, keep)),
    };

    /// <summary>Of whole numbers without its fraction.</summary>
    private static Tensor Mean(Tensor x, long[] axes, bool keep)
    {
        if (x.is_floating_point()) return x.mean(axes, keep);
        using Tensor wide = x.to(ScalarType.Float64), mean = wide.mean(axes, keep);
        return mean.to(x.dtype);
    }

    /// <summary>Of nothing, what every number is beyond: ∓∞, or the type's own end.</summary>
    private static Tensor Extreme(Tensor x, long[] axes, bool keep, bool largest)
    {
        if (!axes.Any(axis => x.shape[axis] == 0)) return largest ? x.amax(axes, keep) : x.amin(axes, keep);
        long[] shape = [.. x.shape.Select((extent, i) => axes.Contains(i) ? 1 : extent).Where((_, i) => keep || !axes.Contains(i))];
        return x.dtype switch
        {
            ScalarType.Float32 => full(shape, largest ? float.NegativeInfinity : float.PositiveInfinity, x.dtype, x.device),
            ScalarType.Int64 => full(shape, largest ? long.MinValue : long.MaxValue, x.dtype, x.device),
            _ => full(shape, !largest, x.dtype, x.device),
        };
    }

    private static Tensor SumOfSquares(Tensor x, long[] axes, bool keep) => Then(x * x, square => square.sum(axes, keep, x.dtype));

    /// <summary>A function of a tensor that is let go.</summary>
    private static Tensor Then(Tensor first, Func<Tensor, Tensor> function)
    {
        using (first) return function(first);
    }

    /// <summary>One axis after the other, from the last.</summary>
    private static Tensor EachAxis(Tensor x, long[] axes, Func<Tensor, long, Tensor> reduce)
    {
        Tensor result = x.alias();
        foreach (long axis in axes.Reverse())
        {
            using Tensor before = result;
            result = reduce(before, axis);
        }
        return result;
    }
}
