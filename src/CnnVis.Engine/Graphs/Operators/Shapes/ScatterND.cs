using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX ScatterND: the data with the slices that the tuples name replaced by the updates, or, with <c>reduction</c> = add, added to.</summary>
public sealed class ScatterND : IndexedByTuples
{
    private readonly bool _add;

    /// <param name="attributes">reduction: none or add.</param>
    public ScatterND(OperatorAttributes attributes) : base(attributes)
    {
        string reduction = attributes.Text("reduction", "none");
        if (reduction is not ("none" or "add")) throw new CnnVisException(ErrorIds.OperatorNotSupported, $"ScatterND with reduction '{reduction}' is not supported.", Type);
        _add = reduction == "add";
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0), indices = Required(inputs, 1), updates = Required(inputs, 2);
        int length = TupleLength(x.shape, indices.shape, 0);
        using var scope = NewDisposeScope();
        Tensor rows = Rows(indices, x.shape, 0).reshape(-1);
        Tensor flat = x.reshape([Extents.Count(x.shape.AsSpan(0, length)), -1]);
        Tensor changes = updates.reshape([rows.shape[0], -1]);
        return (_add ? flat.index_add(0, rows, changes, 1) : flat.index_copy(0, rows, changes)).reshape(x.shape).MoveToOuterDisposeScope();
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
