namespace CnnVis;

/// <summary>One picture of a sheet.</summary>
/// <param name="Image">The picture, before magnification.</param>
/// <param name="Caption">Small label under it; empty for none.</param>
/// <param name="Boxes">Rectangles drawn over it, in its own pixels.</param>
public sealed record SheetCell(PixelImage Image, string Caption = "", IReadOnlyList<PixelBox>? Boxes = null)
{
    /// <summary>A place of the grid that stays empty.</summary>
    public static SheetCell Empty { get; } = new(new PixelImage(1, 1, [0xff, 0xff, 0xff])) { IsEmpty = true };

    /// <summary>Short text on the picture, in its upper left corner; empty for none.</summary>
    public string Mark { get; init; } = "";

    /// <summary>Whether nothing is drawn here.</summary>
    public bool IsEmpty { get; private init; }
}
