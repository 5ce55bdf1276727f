using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX Shape: the extents of the input's dimensions from <c>start</c> to before <c>end</c>, int64.</summary>
public sealed class ShapeOf(OperatorAttributes attributes) : Operator(attributes, OperatorTraits.Routes)
{
    /// <inheritdoc/>
    public override string Type => "Shape";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs) => tensor(Part(Required(inputs, 0).shape), device: Required(inputs, 0).device);

    /// <inheritdoc/>
    public override Tensor? Value(Operand?[] inputs) => tensor(Part(Required(inputs, 0).Shape));

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => [Part(Required(inputs, 0).Shape).Length];

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) => SpatialWindow.None;

    private long[] Part(long[] shape)
    {
        int start = Place(Attributes.Integer("start", 0)), end = Place(Attributes.Integer("end", shape.Length));
        return start < end ? shape[start..end] : [];

        int Place(long given) => (int)Math.Clamp(given < 0 ? given + shape.Length : given, 0, shape.Length);
    }
}
