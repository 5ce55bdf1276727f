using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX Identity.</summary>
public sealed class Identity(OperatorAttributes attributes) : Pointwise(attributes, OperatorTraits.PassesOn)
{
    /// <inheritdoc/>
    public override bool SharesMemory => true;

    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, bool inPlace) => x.alias();
}
