using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX Unsqueeze (operator set 13 and later): puts in axes of extent 1, named by their place in the output.</summary>
public sealed class Unsqueeze(OperatorAttributes attributes) : Operator(attributes, OperatorTraits.PassesOn)
{
    /// <inheritdoc/>
    public override bool SharesMemory => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        return x.reshape(Widened(x.shape, Integers(Required(inputs, 1))));
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => Widened(Required(inputs, 0).Shape, ConstantIntegers(Required(inputs, 1)));

    /// <inheritdoc/>
    public override SpatialAxes? Axes(Operand?[] inputs, long[] output)
    {
        if (Required(inputs, 0).Axes is not { } axes) return null;
        int[] added = Added(output.Length, ConstantIntegers(Required(inputs, 1)));
        int[] kept = [.. Enumerable.Range(0, output.Length).Except(added)];
        return new SpatialAxes(kept[axes.Rows], kept[axes.Columns]);
    }

    private long[] Widened(long[] shape, long[] named)
    {
        int rank = shape.Length + named.Length, next = 0;
        int[] added = Added(rank, named);
        return [.. Enumerable.Range(0, rank).Select(i => added.Contains(i) ? 1 : shape[next++])];
    }

    private int[] Added(int rank, long[] named) => Extents.Axes(named, rank, Type);
}
