using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Arithmetic;

/// <summary>ONNX Sum: the sum of the inputs, element by element.</summary>
public sealed class Sum(OperatorAttributes attributes) : Variadic(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Join(Tensor a, Tensor b) => a + b;
}
