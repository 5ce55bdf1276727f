namespace CnnVis;

/// <summary>Choices of the person who looks; visuals that have no use for one ignore it.</summary>
public sealed record DrawOptions
{
    /// <summary>The defaults.</summary>
    public static DrawOptions Default { get; } = new();

    /// <summary>Order of the cells; null leaves it to the visual.</summary>
    public CellOrder? Order { get; init; }

    /// <summary>Shared or per-cell scale; null leaves it to the visual.</summary>
    public ScaleSharing? Scale { get; init; }

    /// <summary>Whether each cell carries its number.</summary>
    public bool Numbers { get; init; }

    /// <summary>Pixels of the picture a value takes on each side; null chooses by the sheet's size.</summary>
    public int? Magnification { get; init; }

    /// <summary>Cells a row; null makes the sheet about square.</summary>
    public int? Columns { get; init; }

    /// <summary>Colour map of unsigned values; null leaves it to the visual.</summary>
    public ColorMap? ColorMap { get; init; }

    /// <summary>How colours of made pictures are shown; null leaves it to the visual.</summary>
    public PictureContrast? Contrast { get; init; }

    /// <summary>What pictures and text stand on.</summary>
    public PageBackground Background { get; init; }

    /// <summary>Columns that the picture may have at most; null for as many as it needs.</summary>
    public int? MaximumWidth { get; init; }

    /// <summary>Draw only the first so many cells, after ordering; null draws all.</summary>
    public int? Limit { get; init; }

    /// <summary>Ends the drawing of what reads files or asks networks.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The page's colours.</summary>
    internal PageColors Page => PageColors.Of(Background);
}
