namespace CnnVis.Engine.Retrieval;

/// <summary>Units of one layer.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Channels">Its channels.</param>
/// <param name="Directions">Its directions.</param>
/// <param name="Position">The one row and column to look at; null for all of them.</param>
public sealed record LayerUnits(CnnLayer Layer, IReadOnlyList<int> Channels, IReadOnlyList<LayerDirection> Directions, (int Row, int Column)? Position);
