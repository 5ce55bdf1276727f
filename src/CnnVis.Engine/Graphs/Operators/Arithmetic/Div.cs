using CnnVis.Engine.Graphs.Patches;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Arithmetic;

/// <summary>ONNX Div: a / b; of whole numbers, the quotient without its fraction (−7 / 2 = −3).</summary>
public sealed class Div(OperatorAttributes attributes) : BroadcastArithmetic(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Apply(Tensor a, Tensor b) => !a.is_floating_point() && !b.is_floating_point() ? a.div(b, RoundingMode.trunc) : a / b;

    /// <inheritdoc/>
    public override PatchRule? Patches(Operand?[] inputs) => new PointwiseRule();
}
