namespace CnnVis.Engine.Mapping;

/// <summary>A point of the map at its place in the picture.</summary>
/// <param name="Point">Its index in the map.</param>
/// <param name="Box">Where it may show: the image is fitted into this in a scatter, and fills it otherwise.</param>
public readonly record struct MapItem(int Point, PixelBox Box);
