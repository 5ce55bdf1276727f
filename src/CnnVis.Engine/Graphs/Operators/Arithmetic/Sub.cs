using CnnVis.Engine.Graphs.Patches;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>ONNX Sub: a − b.</summary>
public sealed class Sub(OperatorAttributes attributes) : Arithmetic(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Apply(Tensor a, Tensor b) => a - b;

    /// <inheritdoc/>
    public override PatchRule? Patches(Operand?[] inputs) => new PointwiseRule();
}
