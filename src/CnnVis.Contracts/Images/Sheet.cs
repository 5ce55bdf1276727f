namespace CnnVis;

/// <summary>A described picture: titled cells in a grid, with the scale that their colours follow.</summary>
public sealed record Sheet
{
    /// <summary>First line, in larger type; empty for none.</summary>
    public string Title { get; init; } = "";

    /// <summary>Line below the title; empty for none.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>What stands in the grid, row by row. Cells may differ in size; a column is as wide as its widest.</summary>
    public required IReadOnlyList<SheetCell> Cells { get; init; }

    /// <summary>Cells a row; null makes the sheet about square.</summary>
    public int? Columns { get; init; }

    /// <summary>Pixels of the picture that a cell's pixel takes on each side; null chooses so that the sheet is comfortably legible.</summary>
    public int? Scale { get; init; }

    /// <summary>The scale of the colours; null where they are a photo's.</summary>
    public ColorBar? ColorBar { get; init; }

    /// <summary>Small print at the bottom, a line an entry.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>One picture of a sheet.</summary>
/// <param name="Image">The picture, before magnification.</param>
/// <param name="Caption">Small label under it; empty for none.</param>
/// <param name="Boxes">Rectangles drawn over it, in its own pixels.</param>
public sealed record SheetCell(PixelImage Image, string Caption = "", IReadOnlyList<PixelBox>? Boxes = null);

/// <summary>A rectangle in pixels: left and top edges, columns and rows.</summary>
public readonly record struct PixelBox(int X, int Y, int Width, int Height);

/// <summary>The scale of a sheet's colours.</summary>
/// <param name="Map">Colours, low to high.</param>
/// <param name="Low">Value of the first colour.</param>
/// <param name="High">Value of the last colour.</param>
/// <param name="Label">What is measured, with its unit.</param>
public sealed record ColorBar(ColorMap Map, double Low, double High, string Label);
