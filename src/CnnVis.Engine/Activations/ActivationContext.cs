namespace CnnVis.Engine.Activations;

/// <summary>What of a measurement is given.</summary>
/// <param name="Channels">Filters; null for all.</param>
public sealed record ActivationContext(int[]? Channels);
