using CnnVis.Engine.Graphs.Patches;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Arithmetic;

/// <summary>ONNX Add: a + b, as where a residual joins.</summary>
public sealed class Add(OperatorAttributes attributes) : BroadcastArithmetic(attributes)
{
    /// <inheritdoc/>
    public override Tensor ForwardInPlace(Tensor?[] inputs)
    {
        Tensor a = Required(inputs, 0), b = Required(inputs, 1);
        return a.dtype == b.dtype && a.shape.SequenceEqual(b.shape) ? a.add_(b) : Apply(a, b);
    }

    /// <inheritdoc/>
    protected override Tensor Apply(Tensor a, Tensor b) => a + b;

    /// <inheritdoc/>
    public override PatchRule? Patches(Operand?[] inputs) => new PointwiseRule();
}
