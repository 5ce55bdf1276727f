using System.Reflection;
using System.Runtime.CompilerServices;
using CnnVis.Engine.Graphs.Operators.Activations;
using CnnVis.Engine.Graphs.Operators.Arithmetic;
using CnnVis.Engine.Graphs.Operators.Comparison;
using CnnVis.Engine.Graphs.Operators.Reductions;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>
/// The operators that a network may use, by ONNX's names: the rows of the tables, and every class of this assembly that is made of a node's attributes alone.
/// </summary>
public static class OperatorCatalog
{
    private static readonly Dictionary<string, OperatorMaker> _operators = new(
        [.. ActivationTable.Rows, .. ArithmeticTable.Rows, .. ComparisonTable.Rows, .. ReductionTable.Rows, .. Classes()], StringComparer.Ordinal);

    /// <summary>Names of all known operators, in ordinal order.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. _operators.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Makes an operator.</summary>
    /// <param name="type">ONNX's name.</param>
    /// <param name="attributes">Those of a node; null for the operator's defaults.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.OperatorNotSupported"/>: none has that name; or the operator refuses the attributes.</exception>
    public static Operator Create(string type, OperatorAttributes? attributes = null) => _operators.TryGetValue(type, out OperatorMaker? maker)
        ? maker(type, attributes ?? OperatorAttributes.None)
        : throw new CnnVisException(ErrorIds.OperatorNotSupported, $"There is no operator '{type}'. Did you mean {string.Join(", ", Suggestion.For(type, Types))}?", type);

    private static IEnumerable<KeyValuePair<string, OperatorMaker>> Classes()
    {
        foreach (Type found in typeof(Operator).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Operator)) && !t.IsAbstract))
            if (found.GetConstructor([typeof(OperatorAttributes)]) is { } constructor)
                yield return new(((Operator)RuntimeHelpers.GetUninitializedObject(found)).Type, (_, attributes) => (Operator)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, [attributes], null));
    }
}
