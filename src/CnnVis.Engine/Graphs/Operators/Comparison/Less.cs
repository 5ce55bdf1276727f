using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>ONNX Less: a &lt; b, as true and false.</summary>
public sealed class Less(OperatorAttributes attributes) : Arithmetic(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Apply(Tensor a, Tensor b) => a.lt(b);
}
