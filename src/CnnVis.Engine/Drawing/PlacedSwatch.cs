namespace CnnVis.Engine.Drawing;

/// <summary>A square of a legend's colour.</summary>
/// <param name="Box">Where.</param>
/// <param name="Color">Its colour.</param>
public sealed record PlacedSwatch(PixelBox Box, Rgb Color);
