namespace CnnVis.Engine.Models.Exported.Aten;

/// <summary>Whole numbers that a program computes of shapes: its batch is a symbol.</summary>
internal static class Symbols
{
    private static readonly TensorMeta _whole = new(5, [], null, 0);

    public static Dictionary<string, Action<AtenCall>> Rules { get; } = AtenOperators.Table(
        ("sym_size", call => call.Give("Gather", [call.Emit("Shape", [Activations.X(call)]), call.Operand(call.Axis("dim", 0, call.Rank(call.Has("self") ? "self" : "input")))], ("axis", 0L))));

    /// <summary>Python's operators on symbols, under the names of their modules.</summary>
    public static bool IsPython(AtenCall call) => call.Call.Target.StartsWith("_operator.", StringComparison.Ordinal);

    /// <summary>Adds the nodes of one.</summary>
    public static void Translate(AtenCall call)
    {
        string type = call.Call.Operator switch { "mul" => "Mul", "add" => "Add", "sub" => "Sub", "floordiv" => "Div", "mod" => "Mod", _ => throw call.Unknown() };
        call.Give(type, [call.Operand("a", _whole), call.Operand("b", _whole)]);
    }
}
