namespace CnnVis;

/// <summary>A rectangle in pixels: left and top edges, columns and rows.</summary>
public readonly record struct PixelBox(int X, int Y, int Width, int Height);
