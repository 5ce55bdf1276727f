namespace CnnVis.Engine.Accuracy.Effects;

/// <summary>Items that have about the same of an attribute.</summary>
/// <param name="Name">What they have, in words.</param>
/// <param name="Low">Least value; null where they are no sizes.</param>
/// <param name="High">Largest value.</param>
/// <param name="Items">They.</param>
internal sealed record PlannedBin(string Name, double? Low, double? High, IReadOnlyList<AttributeItem> Items);
