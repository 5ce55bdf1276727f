using CnnVis.Engine.Graphs.Operators.Products;

namespace CnnVis.Engine.Graphs.Operators.Quantization;

/// <summary>ONNX MatMulInteger: the product of a − its zero point, which may be one for each row, and b − its zero point, which may be one for each column.</summary>
public sealed class MatMulInteger(OperatorAttributes attributes) : WholeNumberProduct(attributes)
{
    /// <inheritdoc/>
    protected override Operator Plain { get; } = new MatMul(OperatorAttributes.None);

    /// <inheritdoc/>
    protected override int ZeroPointAxis(int rank) => rank - 1;
}
