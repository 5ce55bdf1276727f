using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Arithmetic;

/// <summary>ONNX Pow: aᵇ, of a's type. Whole numbers are raised as float64 and lose their fraction, as OnnxRuntime has it.</summary>
public sealed class Pow(OperatorAttributes attributes) : BroadcastArithmetic(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Apply(Tensor a, Tensor b)
    {
        if (a.is_floating_point()) return a.pow(b.to(a.dtype));
        using Tensor wide = a.to(ScalarType.Float64), exponent = b.to(ScalarType.Float64), power = wide.pow(exponent);
        return power.to(a.dtype);
    }
}
