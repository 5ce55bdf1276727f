namespace CnnVis.Engine.Models.Weights.Files;

/// <summary>A look at stored numbers: element (i, j, …) is number <c>offset + i·strides[0] + j·strides[1] + …</c>.</summary>
internal sealed class StoredTensor
{
    /// <summary>More dimensions than any network has, and as many as NumPy allows.</summary>
    private const int RankLimit = 64;

    /// <exception cref="CnnVisException">An element would lie outside of the numbers.</exception>
    public StoredTensor(StoredNumbers numbers, long offset, long[] shape, long[] strides)
    {
        if (shape.Length > RankLimit || shape.Length != strides.Length || Array.Exists(shape, e => e < 0)) throw Impossible();
        Int128 last = offset, count = 1;
        for (int i = 0; i < shape.Length; i++)
        {
            if (strides[i] < 0 && shape[i] > 1 || (count *= shape[i]) > int.MaxValue) throw Impossible();
            last += (Int128)(shape[i] - 1) * strides[i];
        }
        if (offset < 0 || offset > numbers.Count || count > 0 && last >= numbers.Count) throw Impossible();
        (Numbers, Offset, Shape, Strides) = (numbers, offset, shape, strides);

        CnnVisException Impossible() => WeightErrors.Unreadable($"a tensor of shape {WeightErrors.Shape(shape)} and strides {WeightErrors.Shape(strides)} does not fit into its {numbers.Count} numbers; the file is damaged.");
    }

    public StoredNumbers Numbers { get; }

    public long Offset { get; }

    public long[] Shape { get; }

    public long[] Strides { get; }

    /// <summary>All of <paramref name="numbers"/>, the last index the fastest.</summary>
    public static StoredTensor Dense(StoredNumbers numbers, long[] shape) => new(numbers, 0, shape, RowMajor(shape));

    /// <summary>The number of elements of a shape.</summary>
    /// <exception cref="CnnVisException">It is impossible.</exception>
    public static long Count(long[] shape)
    {
        Int128 count = 1;
        foreach (long extent in shape)
            if (extent < 0 || (count *= extent) > long.MaxValue / 8) throw WeightErrors.Unreadable($"the shape {WeightErrors.Shape(shape)} is impossible; the file is damaged.");
        return (long)count;
    }

    /// <summary>Strides of a dense tensor, the last index the fastest.</summary>
    public static long[] RowMajor(long[] shape)
    {
        long[] strides = new long[shape.Length];
        long stride = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= Math.Max(shape[i], 1);
        }
        return strides;
    }
}
