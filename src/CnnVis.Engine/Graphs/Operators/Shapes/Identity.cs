using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>ONNX Identity.</summary>
public sealed class Identity(OperatorAttributes attributes) : Pointwise(attributes)
{
    /// <inheritdoc/>
    public override bool SharesMemory => true;

    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, bool inPlace) => x.alias();
}
