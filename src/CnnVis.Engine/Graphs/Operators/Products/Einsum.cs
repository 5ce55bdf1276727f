using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Products;

/// <summary>ONNX Einsum: products of the inputs, summed over what the output does not name.</summary>
public sealed class Einsum(OperatorAttributes attributes) : Operator(attributes)
{
    private readonly EinsumEquation _equation = new(attributes.Text("equation", ""));

    /// <inheritdoc/>
    public override bool SharesMemory => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs) => einsum(_equation.Explicit, [.. inputs.Select((_, i) => Required(inputs, i))]);

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => Shapes(inputs).Output;

    /// <inheritdoc/>
    public override long MultiplyAdds(Operand?[] inputs, long[] output) => inputs.Length > 1 ? Shapes(inputs).Products : 0;

    /// <summary>Rows and columns are not followed through products.</summary>
    public override SpatialAxes? Axes(Operand?[] inputs, long[] output) => null;

    private (long[] Output, long Products) Shapes(Operand?[] inputs) => _equation.Shapes([.. inputs.Select((_, i) => Required(inputs, i).Shape)]);
}
