using CnnVis.Engine.Graphs.Patches;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX Identity.</summary>
public sealed class Identity(OperatorAttributes attributes) : Pointwise(attributes)
{
    /// <inheritdoc/>
    public override bool SharesMemory => true;

    /// <inheritdoc/>
    public override PatchRule? Patches(Operand?[] inputs) => new AliasRule();

    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, bool inPlace) => x.alias();
}
