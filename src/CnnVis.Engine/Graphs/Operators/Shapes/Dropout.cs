using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX Dropout at inference: nothing is dropped.</summary>
public sealed class Dropout(OperatorAttributes attributes) : Pointwise(attributes, OperatorTraits.PassesOn)
{
    /// <inheritdoc/>
    public override bool SharesMemory => true;

    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, bool inPlace) => x.alias();
}
