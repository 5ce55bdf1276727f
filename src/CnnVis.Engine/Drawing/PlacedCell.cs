namespace CnnVis.Engine.Drawing;

/// <summary>A cell at its place.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Box">Where its magnified picture stands, without the frame around it.</param>
/// <param name="Caption">Its label; null for none.</param>
public sealed record PlacedCell(SheetCell Cell, PixelBox Box, PlacedText? Caption)
{
    /// <summary>Whether there is less room than the picture has pixels.</summary>
    public bool IsReduced => Box.Width < Cell.Image.Width;

    /// <summary>Where a rectangle of the cell's picture stands on the page.</summary>
    public PixelBox Shown(PixelBox part)
    {
        double scale = (double)Box.Width / Cell.Image.Width;
        return new PixelBox(Box.X + (int)Math.Round(part.X * scale), Box.Y + (int)Math.Round(part.Y * scale), (int)Math.Round(part.Width * scale), (int)Math.Round(part.Height * scale));
    }
}
