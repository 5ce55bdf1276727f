using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>ONNX GlobalAveragePool: the mean of each map, [N, C, 1, 1].</summary>
public sealed class GlobalAveragePool(OperatorAttributes attributes) : Operator(attributes)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        return x.mean([.. Enumerable.Range(2, (int)x.dim() - 2).Select(i => (long)i)], keepdim: true);
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] x = Required(inputs, 0).Shape;
        return [x[0], x[1], .. Enumerable.Repeat(1L, x.Length - 2)];
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) => Required(inputs, 0).Shape is [_, _, var rows, var columns] ? SpatialWindow.Whole(rows, columns) : SpatialWindow.Pointwise;
}
