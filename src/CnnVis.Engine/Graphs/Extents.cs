namespace CnnVis.Engine.Graphs;

/// <summary>Arithmetic of shapes that cannot overflow.</summary>
internal static class Extents
{
    /// <summary>The most elements that one value may have for one image: 8 GiB as float32.</summary>
    public const long Limit = int.MaxValue;

    /// <summary>Elements of a shape; <see cref="long.MaxValue"/> where there are more than can be counted.</summary>
    public static long Count(ReadOnlySpan<long> shape)
    {
        if (shape.Contains(0)) return 0;
        long count = 1;
        foreach (long extent in shape) count = Times(count, extent);
        return count;
    }

    /// <summary>The product of two extents that are not negative, at most <see cref="long.MaxValue"/>.</summary>
    public static long Times(long a, long b) => b != 0 && a > long.MaxValue / b ? long.MaxValue : a * b;

    /// <exception cref="CnnVisException">An extent is negative, or there are more elements than <see cref="Limit"/>.</exception>
    public static long[] Checked(long[] shape, string type) =>
        Array.Exists(shape, extent => extent < 0) || Count(shape) > Limit
            ? throw new CnnVisException(ErrorIds.ModelUnreadable, $"{type} would give the impossible shape [{string.Join(", ", shape)}]; an extent is negative, or the value is too large.", type)
            : shape;

    /// <summary>Axes in rising order; negative ones count from the end.</summary>
    /// <exception cref="CnnVisException">One is out of range, or named twice.</exception>
    public static int[] Axes(long[] axes, int rank, string type)
    {
        int[] sorted = [.. axes.Select(axis => axis >= -rank && axis < rank ? (int)(axis < 0 ? axis + rank : axis)
            : throw new CnnVisException(ErrorIds.ModelUnreadable, $"{type} names axis {axis}, and there are {rank} dimensions.", type)).Order()];
        return sorted.Distinct().Count() == sorted.Length ? sorted
            : throw new CnnVisException(ErrorIds.ModelUnreadable, $"{type} names an axis twice: {string.Join(", ", axes)}.", type);
    }
}
