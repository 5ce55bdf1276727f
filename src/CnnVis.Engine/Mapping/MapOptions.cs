namespace CnnVis.Engine.Mapping;

/// <summary>Settings of a picture of a map.</summary>
public sealed record MapOptions
{
    /// <summary>How images are laid out.</summary>
    public MapLayout Layout { get; init; }

    /// <summary>Longest side of the map in pixels; null chooses.</summary>
    public int? Size { get; init; }

    /// <summary>Longest side of an image in a scatter, side of a cell otherwise, in pixels; null chooses.</summary>
    public int? ThumbnailSize { get; init; }

    /// <summary>Columns of cells; null chooses by the map's shape.</summary>
    public int? Columns { get; init; }

    /// <summary>Rows of cells; null chooses.</summary>
    public int? Rows { get; init; }

    /// <summary>Draw an edge between neighbouring cells, as strong as their codes are far apart.</summary>
    public bool Seams { get; init; }

    /// <summary>What frames and points are coloured by.</summary>
    public MapColoring Coloring { get; init; }

    /// <summary>What pictures and text stand on; of one picture, not of a page of tiles.</summary>
    public PageBackground Background { get; init; }

    /// <summary>Longest side that is allowed.</summary>
    public int MaximumSize { get; init; } = 16384;

    /// <summary>Side where nothing is asked for.</summary>
    public int UsualSize { get; init; } = 2048;
}
