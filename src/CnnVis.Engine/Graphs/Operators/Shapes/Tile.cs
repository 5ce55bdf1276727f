using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX Tile: the input repeated along each axis as often as the second input says.</summary>
public sealed class Tile(OperatorAttributes attributes) : Operator(attributes, OperatorTraits.Routes)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        long[] repeats = Integers(Required(inputs, 1));
        Extents.Checked(Repeated(x.shape, repeats), Type);
        return x.repeat(repeats);
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => Repeated(Required(inputs, 0).Shape, ConstantIntegers(Required(inputs, 1)));

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs)
    {
        long[] repeats = ConstantIntegers(Required(inputs, 1));
        return SpatialWindow.Across(Required(inputs, 0), [.. Enumerable.Range(0, repeats.Length).Where(i => repeats[i] != 1)]);
    }

    private long[] Repeated(long[] shape, long[] repeats) => repeats.Length == shape.Length && Array.TrueForAll(repeats, r => r >= 0)
        ? [.. shape.Zip(repeats, Extents.Times)]
        : throw new CnnVisException(ErrorIds.ModelUnreadable, $"Tile cannot repeat [{string.Join(", ", shape)}] by [{string.Join(", ", repeats)}].", Type);
}
