namespace CnnVis.Engine.Scans;

/// <summary>Where, and how often, a pass writes down what it has gathered.</summary>
/// <param name="File">The file. Where it exists, the pass goes on from there.</param>
/// <param name="Interval">Least time between two writings; the last is at the end.</param>
public sealed record Checkpoint(string File, TimeSpan Interval);
