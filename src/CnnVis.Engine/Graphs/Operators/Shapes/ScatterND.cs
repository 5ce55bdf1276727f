using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX ScatterND: the data with the slices that the tuples name replaced by the updates, or combined with them (<c>reduction</c>).</summary>
public sealed class ScatterND(OperatorAttributes attributes) : IndexedByTuples(attributes)
{
    private readonly string _reduction = attributes.OneOf("reduction", IndexedUpdates.Reductions);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0), indices = Required(inputs, 1), updates = Required(inputs, 2);
        int length = TupleLength(x.shape, indices.shape, 0);
        using var scope = NewDisposeScope();
        Tensor rows = Rows(indices, x.shape, 0).reshape(-1);
        Tensor flat = x.reshape([Extents.Count(x.shape.AsSpan(0, length)), -1]);
        Tensor changes = updates.reshape([rows.shape[0], flat.shape[1]]);
        return IndexedUpdates.Apply(flat, rows, changes, _reduction).reshape(x.shape).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] x = Required(inputs, 0).Shape, indices = Required(inputs, 1).Shape, updates = Required(inputs, 2).Shape;
        int length = TupleLength(x, indices, 0);
        return updates.AsSpan().SequenceEqual([.. indices[..^1], .. x[length..]]) ? [.. x]
            : throw new CnnVisException(ErrorIds.ModelUnreadable, $"ScatterND cannot put [{string.Join(", ", updates)}] at [{string.Join(", ", indices)}] of [{string.Join(", ", x)}].", Type);
    }
}
