using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>
/// ONNX Reshape to a constant shape: 0 keeps a dimension, −1 takes what is left. A leading 1 that was the batch at export becomes the batch
/// of the run.
/// </summary>
public sealed class Reshape(OperatorAttributes attributes) : Operator(attributes)
{
    /// <inheritdoc/>
    public override bool SharesMemory => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        return x.reshape(Target(x.shape, Integers(Required(inputs, 1))));
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => Target(Required(inputs, 0).Shape, ConstantIntegers(Required(inputs, 1)));

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) =>
        Required(inputs, 0).Shape is [_, _, var rows, var columns] && Shape(inputs).Length < 4 ? SpatialWindow.Whole(rows, columns) : SpatialWindow.Pointwise;

    private long[] Target(long[] from, long[] shape)
    {
        bool keepZero = Attributes.Integer("allowzero", 0) == 0;
        long[] target = [.. shape.Select((extent, i) => extent == 0 && keepZero && i < from.Length ? from[i] : extent)];
        long total = from.Aggregate(1L, (a, b) => a * b);
        int free = Array.IndexOf(target, -1);
        if (free != 0 && target.Length > 0 && shape[0] == 1 && from[0] > 1) target[0] = from[0];
        if (free >= 0)
        {
            long known = target.Where(extent => extent >= 0).Aggregate(1L, (a, b) => a * b);
            target[free] = known == 0 ? 0 : total / known;
        }
        if (target.Aggregate(1L, (a, b) => a * b) != total)
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"Reshape cannot make [{string.Join(", ", shape)}] of [{string.Join(", ", from)}].", Type);
        return target;
    }
}
