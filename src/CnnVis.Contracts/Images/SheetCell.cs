namespace CnnVis;

/// <summary>One picture of a sheet.</summary>
/// <param name="Image">The picture, before magnification.</param>
/// <param name="Caption">Small label under it; empty for none.</param>
/// <param name="Boxes">Rectangles drawn over it, in its own pixels.</param>
public sealed record SheetCell(PixelImage Image, string Caption = "", IReadOnlyList<PixelBox>? Boxes = null);
