using CnnVis.Engine.Graphs.Patches;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Comparison;

/// <summary>ONNX IsNaN: true where x is not a number.</summary>
public sealed class IsNaN(OperatorAttributes attributes) : Pointwise(attributes)
{
    /// <summary>None: the answers are no numbers.</summary>
    public override PatchRule? Patches(Operand?[] inputs) => null;

    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, bool inPlace) => x.isnan();
}
