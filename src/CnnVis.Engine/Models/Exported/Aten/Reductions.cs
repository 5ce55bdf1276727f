using static CnnVis.Engine.Models.Exported.Aten.Activations;

namespace CnnVis.Engine.Models.Exported.Aten;

/// <summary>Sums, means and extremes over dimensions.</summary>
internal static class Reductions
{
    public static Dictionary<string, Action<AtenCall>> Rules { get; } = AtenOperators.Table(
        ("mean", call => Reduce(call, "ReduceMean")), ("sum", call => Reduce(call, "ReduceSum")), ("amax", call => Reduce(call, "ReduceMax")), ("amin", call => Reduce(call, "ReduceMin")), ("prod", call => Reduce(call, "ReduceProd")),
        ("logsumexp", call => Reduce(call, "ReduceLogSumExp")),
        ("max", call => Extreme(call, "ReduceMax", "ArgMax", "Max")), ("min", call => Extreme(call, "ReduceMin", "ArgMin", "Min")),
        ("argmax", call => Arg(call, 0, "ArgMax")), ("argmin", call => Arg(call, 0, "ArgMin")),
        ("var", call => Variance(call, root: false)), ("std", call => Variance(call, root: true)),
        ("linalg_vector_norm norm", Norm),
        ("cumsum", call => call.Give("CumSum", [X(call), call.Operand(call.Int("dim", 0))])));

    private static long Keep(AtenCall call) => call.Bool("keepdim") ? 1 : 0;

    /// <summary>The dimensions named; all where none is.</summary>
    private static long[] Axes(AtenCall call)
    {
        int rank = call.Rank(call.Has("self") ? "self" : "input");
        long[] named = [.. call.Ints("dim").Select(d => (long)AtenCall.Axis(d, rank))];
        return named.Length > 0 ? named : [.. Enumerable.Range(0, rank).Select(i => (long)i)];
    }

    private static void Reduce(AtenCall call, string type)
    {
        if (call.Rank("self") == 0) call.Same(X(call));
        else if (type == "ReduceMean" && IsMaps(call)) Pool(call);
        else call.Give(type, [X(call), call.Integers(Axes(call))], ("keepdims", Keep(call)));
    }

    /// <summary>The mean of whole maps, which is what others call a global average pooling.</summary>
    private static bool IsMaps(AtenCall call) => call.Rank("self") == 4 && Axes(call).Order().SequenceEqual([2, 3]);

    private static void Pool(AtenCall call)
    {
        if (Keep(call) == 1) call.Give("GlobalAveragePool", [X(call)]);
        else call.Give("Flatten", [call.Emit("GlobalAveragePool", [X(call)])], ("axis", 1L));
    }

    /// <summary>Of all, of two values, or with the place over one dimension.</summary>
    private static void Extreme(AtenCall call, string reduction, string place, string binary)
    {
        if (call.Has("other")) call.Give(binary, [X(call), call.Tensor("other")]);
        else if (!call.Has("dim")) Reduce(call, reduction);
        else
        {
            call.Give(0, reduction, [X(call), call.Integers(Axes(call))], ("keepdims", Keep(call)));
            if (call.OutputCount > 1 && call.Call.Outputs[1].Length > 0) Arg(call, 1, place);
        }
    }

    private static void Arg(AtenCall call, int output, string type)
    {
        if (call.Has("dim")) call.Give(output, type, [X(call)], ("axis", call.Int("dim", 0)), ("keepdims", Keep(call)));
        else call.Give(output, type, [call.Emit("Reshape", [X(call), call.Integers(-1)])], ("axis", 0L), ("keepdims", 0L));
    }

    /// <summary>Σ(x − mean)² / (n − correction).</summary>
    private static void Variance(AtenCall call, bool root)
    {
        long[] axes = Axes(call);
        double count = axes.Aggregate(1.0, (product, axis) => product * call.Extent("self", axis)), correction = call.Has("correction") ? call.Float("correction", 1) : call.Bool("unbiased", true) ? 1 : 0;
        string centred = call.Emit("Sub", [X(call), call.Emit("ReduceMean", [X(call), call.Integers(axes)], ("keepdims", 1L))]);
        string mean = call.Emit("ReduceMean", [call.Emit("Mul", [centred, centred]), call.Integers(axes)], ("keepdims", Keep(call)));
        string factor = call.Number((float)(count / Math.Max(count - correction, 0)));
        if (root) call.Give("Sqrt", [call.Emit("Mul", [mean, factor])]);
        else call.Give("Mul", [mean, factor]);
    }

    private static void Norm(AtenCall call)
    {
        float order = call.Float(call.Has("ord") ? "ord" : "p", 2);
        string type = order switch { 1 => "ReduceL1", 2 => "ReduceL2", _ => throw call.Wrong($"is of order {order}") };
        call.Give(type, [X(call), call.Integers(Axes(call))], ("keepdims", Keep(call)));
    }
}
