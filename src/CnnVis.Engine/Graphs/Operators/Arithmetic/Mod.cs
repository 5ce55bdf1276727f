using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Arithmetic;

/// <summary>ONNX Mod: the remainder of a / b, with b's sign; with a's where <c>fmod</c> is 1, as C's fmod.</summary>
public sealed class Mod(OperatorAttributes attributes) : BroadcastArithmetic(attributes)
{
    private readonly bool _likeDividend = attributes.Integer("fmod", 0) != 0;

    /// <inheritdoc/>
    protected override Tensor Apply(Tensor a, Tensor b) => _likeDividend ? a.fmod(b) : a.remainder(b);
}
