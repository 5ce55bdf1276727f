namespace CnnVis.Engine.Mapping;

/// <summary>How far the drawing of a map is.</summary>
/// <param name="Decoded">Images read so far.</param>
/// <param name="Total">All that will be.</param>
public readonly record struct MapProgress(int Decoded, int Total);
