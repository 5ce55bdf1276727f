using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>Operators whose indices are tuples along the last axis of the indices, each the place of a slice: GatherND and ScatterND.</summary>
public abstract class IndexedByTuples(OperatorAttributes attributes) : Operator(attributes)
{
    /// <inheritdoc/>
    public override SpatialAxes? Axes(Operand?[] inputs, long[] output) => null;

    /// <summary>Row numbers in the data, once its dimensions from <paramref name="from"/> on that a tuple names are folded into one. A new tensor without the tuples' axis.</summary>
    protected static Tensor Rows(Tensor indices, long[] data, int from)
    {
        using var scope = NewDisposeScope();
        Tensor rows = zeros([.. indices.shape[..^1]], ScalarType.Int64, device: indices.device);
        for (int i = 0; i < indices.shape[^1]; i++)
        {
            Tensor places = Gather.Places(indices.select(-1, i), data[from + i]);
            rows = rows * data[from + i] + places;
        }
        return rows.MoveToOuterDisposeScope();
    }

    /// <exception cref="CnnVisException">The indices' last axis holds no tuples for these data.</exception>
    protected int TupleLength(long[] data, long[] indices, int from) => indices.Length > from && indices[^1] <= data.Length - from ? (int)indices[^1]
        : throw new CnnVisException(ErrorIds.ModelUnreadable, $"{Type} cannot take indices [{string.Join(", ", indices)}] into [{string.Join(", ", data)}].", Type);
}
