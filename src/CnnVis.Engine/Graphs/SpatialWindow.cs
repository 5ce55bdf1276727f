namespace CnnVis.Engine.Graphs;

/// <summary>The patch of an input map that one output position looks at: extent (dilation included), stride and padding by axis, rows first.</summary>
public readonly record struct SpatialWindow(WindowAxis Rows, WindowAxis Columns)
{
    /// <summary>Every position looks at its own place only.</summary>
    public static SpatialWindow Pointwise { get; } = new(WindowAxis.Pointwise, WindowAxis.Pointwise);

    /// <summary>Every position looks at the whole map.</summary>
    public static SpatialWindow Whole(long rows, long columns) => new(new WindowAxis(rows, 0, 0), new WindowAxis(columns, 0, 0));

    /// <summary>Every position looks at all of the axes from <paramref name="first"/> to <paramref name="last"/>, and at its own place along the others.</summary>
    /// <param name="shape">Of the input; rows and columns are its axes 2 and 3.</param>
    /// <param name="first">First axis that is looked at as a whole.</param>
    /// <param name="last">Last one.</param>
    public static SpatialWindow Over(ReadOnlySpan<long> shape, int first, int last)
    {
        if (shape.Length != 4) return Pointwise;
        return new SpatialWindow(
            first <= 2 && last >= 2 ? new WindowAxis(shape[2], 0, 0) : WindowAxis.Pointwise,
            first <= 3 && last >= 3 ? new WindowAxis(shape[3], 0, 0) : WindowAxis.Pointwise);
    }
}
