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

    /// <summary>What stands left of each row; empty for nothing.</summary>
    public IReadOnlyList<string> RowLabels { get; init; } = [];

    /// <summary>Cells a row; null makes the sheet about square.</summary>
    public int? Columns { get; init; }

    /// <summary>Pixels of the picture that a cell's pixel takes on each side; null chooses so that the sheet is comfortably legible.</summary>
    public int? Scale { get; init; }

    /// <summary>The scale of the colours; null where they are a photo's.</summary>
    public ColorBar? ColorBar { get; init; }

    /// <summary>Scales of further colours, below the first.</summary>
    public IReadOnlyList<ColorBar> FurtherColorBars { get; init; } = [];

    /// <summary>What single colours stand for, a line an entry.</summary>
    public IReadOnlyList<LegendEntry> Legend { get; init; } = [];

    /// <summary>Small print at the bottom, a line an entry.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
