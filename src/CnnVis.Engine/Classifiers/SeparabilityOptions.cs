namespace CnnVis.Engine.Classifiers;

/// <summary>How the separability of layers is measured.</summary>
public sealed record SeparabilityOptions
{
    /// <summary>Share of each class's pictures that the classifiers are asked about, and not fitted to.</summary>
    public double TestShare { get; init; } = 0.25;

    /// <summary>Maps with more numbers are averaged over places until there are at most so many.</summary>
    public int MaxCodeLength { get; init; } = 4096;

    /// <summary>Whether the network with random weights, and the pixels, are measured too.</summary>
    public bool HasBaselines { get; init; } = true;

    /// <summary>How each classifier is fitted; its seed decides the pictures left out, and the random weights.</summary>
    public ClassifierOptions Fitting { get; init; } = new();
}
