using System.Runtime.CompilerServices;

namespace CnnVis.Engine.Graphs;

/// <summary>The operators that a network may use, by ONNX's names: every concrete <see cref="Operator"/> of this assembly.</summary>
public static class OperatorCatalog
{
    private static readonly Dictionary<string, Type> _operators = typeof(Operator).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Operator)) && !type.IsAbstract)
        .ToDictionary(type => ((Operator)RuntimeHelpers.GetUninitializedObject(type)).Type, StringComparer.Ordinal);

    /// <summary>Names of all known operators, in ordinal order.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. _operators.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Makes the operator, or null where none has that name.</summary>
    public static Operator? Create(string type, OperatorAttributes attributes) =>
        _operators.TryGetValue(type, out Type? found) ? (Operator)Activator.CreateInstance(found, System.Reflection.BindingFlags.DoNotWrapExceptions, null, [attributes], null)! : null;
}
