using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX Size: the number of the input's elements, int64.</summary>
public sealed class Size(OperatorAttributes attributes) : Operator(attributes)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs) => tensor(Required(inputs, 0).NumberOfElements, device: Required(inputs, 0).device);

    /// <inheritdoc/>
    public override Tensor? Value(Operand?[] inputs) => tensor(Extents.Count(Required(inputs, 0).Shape));

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => Required(inputs, 0).Shape[..0];

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) => SpatialWindow.None;
}
