using CnnVis.Engine.Graphs.Patches;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>ONNX Add: a + b, as where a residual joins.</summary>
public sealed class Add(OperatorAttributes attributes) : Arithmetic(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Apply(Tensor a, Tensor b) => a + b;

    /// <inheritdoc/>
    public override PatchRule? Patches(Operand?[] inputs) => new PointwiseRule();
}
