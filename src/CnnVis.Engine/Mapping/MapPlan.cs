using CnnVis.Engine.Mapping.Assignment;

namespace CnnVis.Engine.Mapping;

/// <summary>Where everything on the picture of a map stands. Nothing is decoded or drawn yet.</summary>
public sealed record MapPlan
{
    /// <summary>Columns of the picture.</summary>
    public required int Width { get; init; }

    /// <summary>Rows of the picture.</summary>
    public required int Height { get; init; }

    /// <summary>What is drawn, in this order.</summary>
    public required IReadOnlyList<MapItem> Items { get; init; }

    /// <summary>Longest side of an image.</summary>
    public required int ThumbnailSize { get; init; }

    /// <summary>Images fill their boxes, and what does not fit is cut off on both sides; otherwise they are whole within them.</summary>
    public required bool IsFilled { get; init; }

    /// <summary>Columns of cells; 0 in a scatter.</summary>
    public int Columns { get; init; }

    /// <summary>Rows of cells; 0 in a scatter.</summary>
    public int Rows { get; init; }

    /// <summary>Edges between neighbouring cells.</summary>
    public IReadOnlyList<Seam> Seams { get; init; } = [];

    /// <summary>Room for a seam between two cells, in pixels: the thickness of the largest distance. 0 without seams.</summary>
    public int SeamRoom { get; init; }

    /// <summary>The largest distance between neighbours.</summary>
    public double LargestDistance => Seams.Count == 0 ? 0 : Seams.Max(s => s.Distance);

    /// <summary>How a grid's cells were given out; null for other layouts, and for maps of one dimension, which run through the grid like text.</summary>
    public CellAssignment? Assignment { get; init; }

    /// <summary>The page's colours.</summary>
    internal PageColors Page { get; init; } = PageColors.Of(PageBackground.Light);

    /// <summary>What is to be known about the picture, a line an entry.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
