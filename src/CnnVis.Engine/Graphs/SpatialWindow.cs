namespace CnnVis.Engine.Graphs;

/// <summary>The patch of an input map that one output position looks at: extent (dilation included), stride and padding by axis, rows first.</summary>
public readonly record struct SpatialWindow(WindowAxis Rows, WindowAxis Columns)
{
    /// <summary>Every position looks at its own place only.</summary>
    public static SpatialWindow Pointwise { get; } = new(WindowAxis.Pointwise, WindowAxis.Pointwise);

    /// <summary>Every position looks at the whole map.</summary>
    public static SpatialWindow Whole(long rows, long columns) => new(new WindowAxis(rows, 0, 0), new WindowAxis(columns, 0, 0));
}
