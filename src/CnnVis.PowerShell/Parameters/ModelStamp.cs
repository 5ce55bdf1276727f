namespace CnnVis.PowerShell.Parameters;

/// <summary>What is left of a network where only its results are.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Hash">SHA-256 of it; null where nobody knows.</param>
/// <param name="Source">Where it came from; null where nobody knows.</param>
internal sealed record ModelStamp(string Name, string? Hash, string? Source);
