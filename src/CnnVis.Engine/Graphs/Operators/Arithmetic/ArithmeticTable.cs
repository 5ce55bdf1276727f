using static CnnVis.Engine.Graphs.Operators.OperatorNames;
using static CnnVis.Engine.Graphs.Operators.OperatorRows;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Arithmetic;

/// <summary>ONNX's arithmetic, element by element.</summary>
internal static class ArithmeticTable
{
    public static IReadOnlyDictionary<string, OperatorMaker> Rows { get; } = new Dictionary<string, OperatorMaker>(StringComparer.Ordinal)
    {
        ["Abs"] = Function(x => x.abs(), x => x.abs_()),
        ["Neg"] = Function(x => x.neg(), x => x.neg_()),
        ["Sign"] = Function(x => x.sign()), // −1, 0 or 1
        ["Reciprocal"] = Function(x => x.reciprocal(), x => x.reciprocal_()), // 1 / x
        ["Sqrt"] = Function(x => x.sqrt(), x => x.sqrt_()),
        [Exp] = Function(x => x.exp(), x => x.exp_()),
        ["Log"] = Function(x => x.log(), x => x.log_()), // the natural logarithm
        ["Sin"] = Function(x => x.sin(), x => x.sin_()), // of radians, as the next two
        ["Cos"] = Function(x => x.cos(), x => x.cos_()),
        ["Tan"] = Function(x => x.tan(), x => x.tan_()),
        ["Acos"] = Function(x => x.acos(), x => x.acos_()),
        ["Asin"] = Function(x => x.asin(), x => x.asin_()),
        ["Atan"] = Function(x => x.atan(), x => x.atan_()),
        ["Sinh"] = Function(x => x.sinh(), x => x.sinh_()),
        ["Cosh"] = Function(x => x.cosh(), x => x.cosh_()),
        ["Acosh"] = Function(x => x.acosh(), x => x.acosh_()),
        ["Asinh"] = Function(x => x.asinh(), x => x.asinh_()),
        ["Atanh"] = Function(x => x.atanh(), x => x.atanh_()),
        ["Erf"] = Function(x => x.erf(), x => x.erf_()), // 2/√π · ∫₀ˣ exp(−t²) dt, the heart of the exact Gelu
        ["Ceil"] = Function(x => x.ceil(), x => x.ceil_()),
        ["Floor"] = Function(x => x.floor(), x => x.floor_()),
        ["Round"] = Function(x => x.round(), x => x.round_()), // halves go to the even number

        [Add] = Binary((a, b) => a + b, OperatorTraits.Arithmetic, inPlace: (a, b) => a.add_(b)),
        [Sub] = Binary((a, b) => a - b, OperatorTraits.Arithmetic),
        [Mul] = Binary((a, b) => a * b, OperatorTraits.Arithmetic),
        [Div] = Binary(Quotient, OperatorTraits.Arithmetic),
        ["Pow"] = Binary(Power),
        ["Mod"] = Binary(attributes => attributes.Integer("fmod", 0) != 0 ? (a, b) => a.fmod(b) : (a, b) => a.remainder(b)), // of a's sign, as C's fmod, or of b's

        ["BitShift"] = Binary(attributes => attributes.OneOf("direction", "LEFT", "RIGHT") == "LEFT" ? (a, b) => a.bitwise_left_shift(b) : (a, b) => a.bitwise_right_shift(b)),
        ["BitwiseAnd"] = Binary((a, b) => a.bitwise_and(b)),
        ["BitwiseOr"] = Binary((a, b) => a.bitwise_or(b)),
        ["BitwiseXor"] = Binary((a, b) => a.bitwise_xor(b)),
        ["BitwiseNot"] = Function(x => x.bitwise_not()),

        ["Max"] = Variadic(maximum),
        ["Min"] = Variadic(minimum),
        ["Sum"] = Variadic((a, b) => a + b),
        ["Mean"] = Variadic((a, b) => a + b, (sum, count) => sum / (float)count),
    };

    /// <summary>a / b; of whole numbers without its fraction (−7 / 2 = −3).</summary>
    private static Tensor Quotient(Tensor a, Tensor b) => !a.is_floating_point() && !b.is_floating_point() ? a.div(b, RoundingMode.trunc) : a / b;

    /// <summary>aᵇ, of a's type. Whole numbers are raised as float64 and lose their fraction, as OnnxRuntime has it.</summary>
    private static Tensor Power(Tensor a, Tensor b)
    {
        if (a.is_floating_point()) return a.pow(b.to(a.dtype));
        using Tensor wide = a.to(ScalarType.Float64), exponent = b.to(ScalarType.Float64), power = wide.pow(exponent);
        return power.to(a.dtype);
    }
}
