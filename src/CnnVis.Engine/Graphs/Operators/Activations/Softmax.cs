using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>ONNX Softmax (opset 13 and later): exp(x) / Σ exp(x) along one axis, the last by default.</summary>
public sealed class Softmax(OperatorAttributes attributes) : Pointwise(attributes)
{
    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] shape = base.Shape(inputs);
        Axis(-1, shape.Length, last: shape.Length - 1);
        return shape;
    }

    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x) => x.softmax(Attributes.Integer("axis", -1));
}
