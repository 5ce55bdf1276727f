using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Arithmetic;

/// <summary>ONNX Mean: the mean of the inputs, element by element.</summary>
public sealed class Mean(OperatorAttributes attributes) : Variadic(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Join(Tensor a, Tensor b) => a + b;

    /// <inheritdoc/>
    protected override Tensor Finish(Tensor joined, int count) => joined / (float)count;
}
