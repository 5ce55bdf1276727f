namespace CnnVis.Engine.Graphs.Patches;

/// <summary>A part of a map for each of some members, all of one size. It may reach over the map's border.</summary>
/// <param name="Top">First row, by member.</param>
/// <param name="Left">First column, by member.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
internal sealed record PatchBoxes(int[] Top, int[] Left, int Height, int Width)
{
    /// <summary>What outputs of a window look at.</summary>
    public PatchBoxes Under(SpatialWindow window) => new(
        [.. Top.Select(t => t * (int)window.Rows.Stride - (int)window.Rows.Padding)],
        [.. Left.Select(l => l * (int)window.Columns.Stride - (int)window.Columns.Padding)],
        Under(Height, window.Rows), Under(Width, window.Columns));

    /// <summary>Inputs that so many outputs look at.</summary>
    public static int Under(int outputs, WindowAxis window) => (int)((outputs - 1) * window.Stride + window.Extent);
}
