namespace CnnVis.Engine.Accuracy.Effects;

/// <summary>What counts once: a picture, or a class with the means of its pictures.</summary>
/// <param name="Name">The path, or the class.</param>
/// <param name="Cluster">What it belongs to.</param>
/// <param name="Accuracy">1 or 0 of a picture, a share of a class.</param>
/// <param name="Value">The attribute; null where it is not known.</param>
/// <param name="Confounder">The attribute that bins are matched by; null without one, or where it is not known.</param>
/// <param name="Images">The pictures.</param>
internal sealed record AttributeItem(string Name, string Cluster, double Accuracy, object? Value, double? Confounder, IReadOnlyList<ClassifiedImage> Images);
