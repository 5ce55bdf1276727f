using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Arithmetic;

/// <summary>ONNX Min: the smallest of the inputs, element by element.</summary>
public sealed class Min(OperatorAttributes attributes) : Variadic(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Join(Tensor a, Tensor b) => minimum(a, b);
}
