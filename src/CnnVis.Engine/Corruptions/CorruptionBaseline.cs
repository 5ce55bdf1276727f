namespace CnnVis.Engine.Corruptions;

/// <summary>Errors that count as 1.</summary>
/// <param name="Name">Whose.</param>
/// <param name="Clean">Error without a corruption.</param>
/// <param name="Errors">Mean errors over the severities, by corruption.</param>
public sealed record CorruptionBaseline(string Name, double Clean, IReadOnlyDictionary<string, double> Errors);
