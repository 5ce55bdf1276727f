namespace CnnVis.Engine.Correspondence.Neighbors;

/// <summary>The pieces of a picture at a layer's units: squares as large as the stride, round the centres, so that they lie side by side; what is outside the picture is cut off.</summary>
/// <param name="grid">Where the units look.</param>
/// <param name="width">Columns of the picture.</param>
/// <param name="height">Rows of the picture.</param>
internal sealed class CenterTiles(UnitGrid grid, int width, int height)
{
    private readonly int[] _columns = Edges(grid.FirstX, grid.StrideX, grid.Columns, width), _rows = Edges(grid.FirstY, grid.StrideY, grid.Rows, height);

    /// <summary>The units.</summary>
    public UnitGrid Grid => grid;

    /// <summary>What all pieces cover.</summary>
    public PixelBox Covered => new(_columns[0], _rows[0], _columns[^1] - _columns[0], _rows[^1] - _rows[0]);

    /// <summary>The piece of a unit. It may have no pixels where the unit looks beyond the picture.</summary>
    public PixelBox this[int unit]
    {
        get
        {
            int row = unit / grid.Columns, column = unit % grid.Columns;
            return new PixelBox(_columns[column], _rows[row], _columns[column + 1] - _columns[column], _rows[row + 1] - _rows[row]);
        }
    }

    private static int[] Edges(double first, double stride, int count, int length) =>
        [.. Enumerable.Range(0, count + 1).Select(i => (int)Math.Clamp(Math.Floor(first + (i - 0.5) * stride), 0, length))];
}
