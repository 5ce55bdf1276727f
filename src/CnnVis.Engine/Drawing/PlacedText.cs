namespace CnnVis.Engine.Drawing;

/// <summary>A line of text at its place.</summary>
/// <param name="Text">What it says, already as short as its room asks.</param>
/// <param name="Style">How it looks.</param>
/// <param name="Box">Where it stands: one line high.</param>
public sealed record PlacedText(string Text, TextStyle Style, PixelBox Box);
