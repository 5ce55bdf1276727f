using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Products;

/// <summary>ONNX Det: the determinant of the matrices of the last two axes.</summary>
public sealed class Det(OperatorAttributes attributes) : Operator(attributes)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs) => linalg.det(Required(inputs, 0));

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => Required(inputs, 0).Shape is [.., var rows, var columns] shape && rows == columns ? shape[..^2]
        : throw Wrong($"takes square matrices; this input has the shape [{string.Join(", ", Required(inputs, 0).Shape)}].");

    /// <inheritdoc/>
    public override SpatialAxes? Axes(Operand?[] inputs, long[] output) => null;
}
