namespace CnnVis.Engine.Attribution.Occlusion;

/// <summary>Every position of an occluder over a picture, row by row.</summary>
/// <param name="Rows">Its places from top to bottom.</param>
/// <param name="Columns">Its places from left to right.</param>
public sealed record OccluderGrid(OccluderAxis Rows, OccluderAxis Columns)
{
    /// <summary>Positions.</summary>
    public int Count => Rows.Count * Columns.Count;

    /// <summary>What is covered at a position.</summary>
    public PixelBox this[int position]
    {
        get
        {
            var (row, column) = Math.DivRem(position, Columns.Count);
            int top = Rows.Start(row), left = Columns.Start(column);
            return new PixelBox(left, top, Columns.End(column) - left, Rows.End(row) - top);
        }
    }
}
