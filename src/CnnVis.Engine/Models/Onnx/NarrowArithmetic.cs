using CnnVis.Engine.Models.Onnx.Upgrades;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>Arithmetic of whole numbers of fewer than 64 bits, whose results lose the bits beyond: here it is done with 64, so that they have to be taken off.</summary>
internal static class NarrowArithmetic
{
    private static readonly HashSet<string> _types = new(
    [
        "Abs", "Add", "BitShift", "BitwiseNot", "CumProd", "CumSum", "Div", "Einsum", "Gemm", "MatMul", "Mul", "Neg", "Pow", "ReduceL1", "ReduceProd", "ReduceSum", "ReduceSumSquare", "Sub", "Sum",
    ], StringComparer.Ordinal);

    /// <summary>Whether an operator's results may be outside the type of its output.</summary>
    public static bool Wraps(string @operator, long type) => ElementTypes.Narrow(type) is not null && _types.Contains(@operator);
}
