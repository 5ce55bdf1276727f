using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Arithmetic;

/// <summary>ONNX Max: the largest of the inputs, element by element.</summary>
public sealed class Max(OperatorAttributes attributes) : Variadic(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Join(Tensor a, Tensor b) => maximum(a, b);
}
