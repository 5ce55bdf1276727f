using static CnnVis.Engine.Models.Exported.Aten.Activations;

namespace CnnVis.Engine.Models.Exported.Aten;

/// <summary>Arithmetic and comparisons of numbers and tensors.</summary>
internal static class Arithmetic
{
    public static Dictionary<string, Action<AtenCall>> Rules { get; } = AtenOperators.Table(
        ("add sub", call => Sum(call, Both(call))), ("rsub", call => Sum(call, [.. Both(call).Reverse()])),
        ("mul", call => call.Give("Mul", Both(call))), ("div true_divide divide", Divide), ("floor_divide", call => Rounded(call, "floor")),
        ("minimum", call => call.Give("Min", Both(call))), ("maximum", call => call.Give("Max", Both(call))),
        ("remainder fmod", call => call.Give("Mod", Both(call), ("fmod", call.Call.Operator == "fmod" ? 1L : Result(call) ? 1L : 0L))),
        ("pow", Power), ("square", call => call.Give("Mul", [X(call), X(call)])),
        ("rsqrt", call => call.Give("Reciprocal", [call.Emit("Sqrt", [X(call)])])),
        ("sqrt", One("Sqrt")), ("exp", One("Exp")), ("log", One("Log")), ("erf", One("Erf")), ("sin", One("Sin")), ("cos", One("Cos")), ("tan", One("Tan")), ("abs", One("Abs")), ("neg", One("Neg")),
        ("floor", One("Floor")), ("ceil", One("Ceil")), ("round", One("Round")), ("sign sgn", One("Sign")), ("reciprocal", One("Reciprocal")), ("logical_not bitwise_not", One("Not")), ("isnan", One("IsNaN")),
        ("expm1", call => call.Give("Sub", [call.Emit("Exp", [X(call)]), call.Number(1)])), ("log1p", call => call.Give("Log", [call.Emit("Add", [X(call), call.Number(1)])])),
        ("eq", Two("Equal")), ("gt", Two("Greater")), ("ge", Two("GreaterOrEqual")), ("lt", Two("Less")), ("le", Two("LessOrEqual")),
        ("ne", call => call.Give("Not", [call.Emit("Equal", Both(call))])),
        ("logical_and bitwise_and", Two("And")), ("logical_or bitwise_or", Two("Or")), ("logical_xor bitwise_xor", Two("Xor")),
        ("where", call => call.Give("Where", [call.Tensor("condition"), call.Operand("self", Like(call)), call.Operand("other", Like(call))])),
        ("masked_fill", call => call.Give("Where", [call.Tensor("mask"), call.Operand("value", Like(call)), X(call)])),
        ("addcmul", call => call.Give("Add", [X(call), call.Emit("Mul", [call.Emit("Mul", [call.Tensor("tensor1"), call.Tensor("tensor2")]), call.Number(call.Float("value", 1))])])),
        ("lerp", Interpolate));

    private static Action<AtenCall> One(string type) => call => call.Give(type, [X(call)]);

    private static Action<AtenCall> Two(string type) => call => call.Give(type, Both(call));

    private static TensorMeta Like(AtenCall call) => call.Result();

    private static bool Result(AtenCall call) => call.Result().IsFraction;

    /// <summary>Both operands, of one type: fractions if one is one.</summary>
    private static string[] Both(AtenCall call)
    {
        string first = call.Call["self"].IsNone ? "input" : "self", second = call.Call["other"].IsNone ? "exponent" : "other";
        bool fraction = IsFraction(call, first) || IsFraction(call, second);
        var like = new TensorMeta(fraction ? 7 : 5, [], null, 0);
        return [call.Operand(first, like), call.Operand(second, like)];
    }

    private static bool IsFraction(AtenCall call, string name) => call.Call[name] is { Name: not null, Kind: "as_tensor" } ? call.Meta(name).IsFraction : call.Call[name].IsFraction;

    /// <summary>a + α · b, or minus.</summary>
    private static void Sum(AtenCall call, string[] both)
    {
        if (call.Has("alpha") && call.Float("alpha", 1) != 1)
        {
            string scaled = call.Emit("Mul", [both[1], call.Operand("alpha", call.Result())]);
            both = [both[0], scaled];
        }
        call.Give(call.Call.Operator == "add" ? "Add" : "Sub", both);
    }

    private static void Divide(AtenCall call)
    {
        if (call.Has("rounding_mode")) Rounded(call, call.Text("rounding_mode", ""));
        else call.Give("Div", [call.Operand("self", call.Result()), call.Operand("other", call.Result())]);
    }

    private static void Rounded(AtenCall call, string mode)
    {
        string[] both = Both(call);
        if (!call.Result().IsFraction) call.Give("Div", both); // of whole numbers, which are not negative where shapes are computed
        else if (mode == "floor") call.Give("Floor", [call.Emit("Div", both)]);
        else
        {
            string quotient = call.Emit("Div", both);
            call.Give("Mul", [call.Emit("Sign", [quotient]), call.Emit("Floor", [call.Emit("Abs", [quotient])])]);
        }
    }

    private static void Power(AtenCall call)
    {
        TensorMeta like = call.Result();
        call.Give("Pow", [call.Operand("self", like), call.Operand("exponent", like)]);
    }

    private static void Interpolate(AtenCall call)
    {
        string weight = call.Operand("weight", call.Result());
        call.Give("Add", [X(call), call.Emit("Mul", [weight, call.Emit("Sub", [call.Tensor("end"), X(call)])])]);
    }
}
