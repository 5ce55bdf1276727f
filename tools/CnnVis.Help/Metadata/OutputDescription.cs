namespace CnnVis.Help.Metadata;

/// <summary>A type that a cmdlet emits.</summary>
/// <param name="Type">Its full name.</param>
/// <param name="Description">What it is, then a paragraph a property.</param>
public sealed record OutputDescription(string Type, IReadOnlyList<string> Description);
