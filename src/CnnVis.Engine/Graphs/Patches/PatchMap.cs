namespace CnnVis.Engine.Graphs.Patches;

/// <summary>A value of which only a patch changes, and which patch that is for each position of the occluder.</summary>
/// <param name="Value">Name of the value whose memory it is.</param>
/// <param name="Channels">Channels of the map.</param>
/// <param name="Rows">Patches along its rows.</param>
/// <param name="Columns">Patches along its columns.</param>
/// <param name="IsFolded">Whether it goes by as [N, C·H·W].</param>
internal sealed record PatchMap(string Value, int Channels, AxisRegions Rows, AxisRegions Columns, bool IsFolded = false)
{
    /// <summary>Rows of the map.</summary>
    public int Height => Rows.Extent;

    /// <summary>Columns of the map.</summary>
    public int Width => Columns.Extent;

    /// <summary>Places of the map in the patches of all the occluder's positions.</summary>
    public long Places => Rows.Total * Columns.Total;

    /// <summary>Numbers in them.</summary>
    public long Size => Places * Channels;

    /// <summary>Pairs of lengths.</summary>
    public int Groups => Rows.Lengths.Length * Columns.Lengths.Length;

    /// <summary>Whether the same patches are computed.</summary>
    public bool Matches(PatchMap other) => Rows.Matches(other.Rows) && Columns.Matches(other.Columns);
}
