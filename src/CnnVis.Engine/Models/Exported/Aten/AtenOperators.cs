namespace CnnVis.Engine.Models.Exported.Aten;

/// <summary>What each operator of a program becomes. Overloads of one operator share a rule; a rule reads what it was given.</summary>
internal static class AtenOperators
{
    /// <summary>What only checks or guards a run, and gives nothing.</summary>
    private static readonly HashSet<string> _silent = new(
        ["_assert_tensor_metadata", "_assert_async", "_assert_scalar", "sym_constrain_range", "sym_constrain_range_for_size", "_set_grad_enabled", "_functional_assert_async"], StringComparer.Ordinal);

    /// <summary>What shows the memory of its first argument.</summary>
    private static readonly HashSet<string> _views = new(
        ["view", "_unsafe_view", "reshape", "flatten", "unflatten", "squeeze", "unsqueeze", "permute", "transpose", "t", "numpy_T", "movedim", "select", "slice", "narrow", "split", "split_with_sizes", "chunk", "unbind", "expand", "expand_as",
            "alias", "detach", "contiguous", "view_as", "diagonal", "swapaxes", "to"], StringComparer.Ordinal);

    private static readonly Dictionary<string, Action<AtenCall>> _rules = new(
        new[] { Convolutions.Rules, Normalizations.Rules, Activations.Rules, Pooling.Rules, Products.Rules, Arithmetic.Rules, Shapes.Rules, Selections.Rules, Reductions.Rules, Creations.Rules, Resampling.Rules, Attention.Rules, Symbols.Rules }
            .SelectMany(rules => rules), StringComparer.Ordinal);

    /// <summary>Names of all that are known.</summary>
    public static IReadOnlyCollection<string> Known => _rules.Keys;

    /// <summary>Whether a call gives no node.</summary>
    public static bool IsSilent(ExportedCall call) => _silent.Contains(call.Operator);

    /// <summary>Whether a call shows the memory of its first argument.</summary>
    public static bool IsView(ExportedCall call) => _views.Contains(call.Operator);

    /// <summary>Whether a call is a function of each number.</summary>
    public static bool IsActivation(ExportedCall call) => Activations.Rules.ContainsKey(call.Operator);

    /// <summary>Adds the nodes that stand for a call.</summary>
    /// <exception cref="CnnVisException">It is not known, or used in a way that is not supported.</exception>
    public static void Translate(AtenCall call)
    {
        ExportedCall asked = call.Call;
        if (IsSilent(asked)) return;
        if (Symbols.IsPython(call))
        {
            Symbols.Translate(call);
            return;
        }
        if (!asked.Target.StartsWith("aten.", StringComparison.Ordinal) || !_rules.TryGetValue(asked.Operator, out Action<AtenCall>? rule)) throw call.Unknown();
        rule(call);
    }

    /// <summary>A table of rules by operator.</summary>
    internal static Dictionary<string, Action<AtenCall>> Table(params (string Names, Action<AtenCall> Rule)[] rules) =>
        new(rules.SelectMany(r => r.Names.Split(' ').Select(name => KeyValuePair.Create(name, r.Rule))), StringComparer.Ordinal);
}
