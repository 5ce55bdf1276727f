namespace CnnVis.Engine.Drawing;

/// <summary>A cell at its place.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Box">Where its magnified picture stands, without the frame around it.</param>
/// <param name="Caption">Its label; null for none.</param>
public sealed record PlacedCell(SheetCell Cell, PixelBox Box, PlacedText? Caption);
