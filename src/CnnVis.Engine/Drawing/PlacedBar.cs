namespace CnnVis.Engine.Drawing;

/// <summary>A colour bar at its place.</summary>
/// <param name="Map">Its colours, from left to right.</param>
/// <param name="Box">Where the colours stand.</param>
/// <param name="Ticks">Columns of the picture that the marks below it stand in.</param>
/// <param name="Labels">A number below each mark.</param>
public sealed record PlacedBar(ColorMap Map, PixelBox Box, IReadOnlyList<int> Ticks, IReadOnlyList<PlacedText> Labels);
