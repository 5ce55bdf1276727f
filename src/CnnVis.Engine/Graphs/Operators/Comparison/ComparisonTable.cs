using static CnnVis.Engine.Graphs.Operators.OperatorRows;
using static CnnVis.Engine.Graphs.OperatorTraits;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Comparison;

/// <summary>ONNX's comparisons and logic: true and false, element by element.</summary>
internal static class ComparisonTable
{
    public static IReadOnlyDictionary<string, OperatorMaker> Rows { get; } = new Dictionary<string, OperatorMaker>(StringComparer.Ordinal)
    {
        ["Equal"] = Binary((a, b) => a.eq(b), Predicate),
        ["Greater"] = Binary((a, b) => a.gt(b), Predicate),
        ["GreaterOrEqual"] = Binary((a, b) => a.ge(b), Predicate),
        ["Less"] = Binary((a, b) => a.lt(b), Predicate),
        ["LessOrEqual"] = Binary((a, b) => a.le(b), Predicate),
        ["And"] = Binary((a, b) => a.logical_and(b), Predicate),
        ["Or"] = Binary((a, b) => a.logical_or(b), Predicate),
        ["Xor"] = Binary((a, b) => a.logical_xor(b), Predicate),
        ["Not"] = Function(x => x.logical_not(), traits: Predicate),
        ["IsInf"] = Function(Predicate, a => (Negative: a.Integer("detect_negative", 1) != 0, Positive: a.Integer("detect_positive", 1) != 0), (x, signs, _) => Infinite(x, signs.Negative, signs.Positive)),
        ["IsNaN"] = Function(x => x.isnan(), traits: Predicate),
    };

    private static Tensor Infinite(Tensor x, bool negative, bool positive) => (negative, positive) switch
    {
        (true, true) => x.isinf(),
        (true, false) => x.isneginf(),
        (false, true) => x.isposinf(),
        _ => zeros_like(x, ScalarType.Bool),
    };
}
