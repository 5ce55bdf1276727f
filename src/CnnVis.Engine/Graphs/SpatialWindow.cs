namespace CnnVis.Engine.Graphs;

/// <summary>The patch of an input map that one output position looks at: extent (dilation included), stride and padding by axis, rows first.</summary>
public readonly record struct SpatialWindow(WindowAxis Rows, WindowAxis Columns)
{
    /// <summary>Every position looks at its own place only.</summary>
    public static SpatialWindow Pointwise { get; } = new(WindowAxis.Pointwise, WindowAxis.Pointwise);

    /// <summary>Nothing of the picture is looked at, its size at most.</summary>
    public static SpatialWindow None { get; }

    /// <summary>Every position looks at the whole map.</summary>
    public static SpatialWindow Whole(long rows, long columns) => new(new WindowAxis(rows, 0, 0), new WindowAxis(columns, 0, 0));

    /// <summary>Every position looks at everything along some axes of a value, and at its own place along the others.</summary>
    public static SpatialWindow Across(Operand operand, IReadOnlyCollection<int> axes)
    {
        if (operand.Map is not { } map) return Pointwise;
        return new SpatialWindow(Along(map.Rows), Along(map.Columns));

        WindowAxis Along(int axis) => axes.Contains(axis) ? new WindowAxis(operand.Shape[axis], 0, 0) : WindowAxis.Pointwise;
    }
}
