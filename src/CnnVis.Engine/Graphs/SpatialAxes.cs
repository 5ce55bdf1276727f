namespace CnnVis.Engine.Graphs;

/// <summary>Which axes of a value are the rows and columns of the picture: 2 and 3 of [N, C, H, W], 1 and 2 of [N, H, W, C].</summary>
public readonly record struct SpatialAxes(int Rows, int Columns)
{
    /// <summary>The same axes once others are gone; null where one of them goes.</summary>
    public SpatialAxes? Without(IReadOnlyCollection<int> removed)
    {
        var (rows, columns) = (Rows, Columns);
        return removed.Contains(rows) || removed.Contains(columns) ? null
            : new SpatialAxes(rows - removed.Count(a => a < rows), columns - removed.Count(a => a < columns));
    }
}
