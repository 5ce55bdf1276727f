using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX GatherND: the slices whose places the tuples along the indices' last axis name, within each of the first <c>batch_dims</c> dimensions.</summary>
public sealed class GatherND(OperatorAttributes attributes) : IndexedByTuples(attributes)
{
    private readonly int _batch = (int)attributes.Integer("batch_dims", 0);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0), indices = Required(inputs, 1);
        int length = TupleLength(x.shape, indices.shape, _batch);
        long[] batch = x.shape[.._batch], rest = x.shape[(_batch + length)..];
        long groups = Extents.Count(batch), rowsEach = Extents.Count(x.shape.AsSpan(_batch, length));
        using var scope = NewDisposeScope();
        Tensor flat = x.reshape([groups * rowsEach, Extents.Count(rest)]);
        Tensor rows = Rows(indices, x.shape, _batch).reshape([groups, -1]);
        Tensor offset = arange(groups, ScalarType.Int64, x.device).mul(rowsEach).unsqueeze(1);
        return flat.index_select(0, (rows + offset).reshape(-1)).reshape([.. indices.shape[..^1], .. rest]).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] x = Required(inputs, 0).Shape, indices = Required(inputs, 1).Shape;
        int length = TupleLength(x, indices, _batch);
        if (_batch < 0 || !x.AsSpan(0, _batch).SequenceEqual(indices.AsSpan(0, _batch)))
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"GatherND over {_batch} batch dimensions does not fit [{string.Join(", ", x)}] and [{string.Join(", ", indices)}].", Type);
        return [.. indices[..^1], .. x[(_batch + length)..]];
    }
}
