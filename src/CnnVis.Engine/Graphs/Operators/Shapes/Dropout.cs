using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX Dropout at inference: nothing is dropped. Output 1, the mask, is all true.</summary>
public sealed class Dropout(OperatorAttributes attributes) : Pointwise(attributes, OperatorTraits.PassesOn)
{
    /// <inheritdoc/>
    public override int OutputCount => 2;

    /// <inheritdoc/>
    public override bool SharesMemory => true;

    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, bool inPlace) => Attributes.Output == 1 ? ones_like(x, ScalarType.Bool) : x.alias();
}
