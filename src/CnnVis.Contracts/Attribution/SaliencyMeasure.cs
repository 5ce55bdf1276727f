namespace CnnVis;

/// <summary>How well one saliency map does by one metric.</summary>
public sealed record SaliencyMeasure : ICnnResult
{
    /// <summary>The image file.</summary>
    public required string Path { get; init; }

    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>The method that made the map, as <c>Gradient</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The metric, as <c>Deletion</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The class that the map explains.</summary>
    public required SaliencyTarget Target { get; init; }

    /// <summary>Which number of a metric that has several: Ssim or RankCorrelation of Randomization; null for the others.</summary>
    public required string? Statistic { get; init; }

    /// <summary>Randomization: alias of the layer down to which the network is random; null for the others.</summary>
    public required string? Layer { get; init; }

    /// <summary>The measure. NaN where it is not defined, as the energy of a map that is nowhere positive.</summary>
    public required double Value { get; init; }

    /// <summary>The curve of Insertion and Deletion, from nothing to everything; empty for the others.</summary>
    public required SaliencyCurvePoint[] Points { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Metric} of {Method} in {VisibleText.Of(System.IO.Path.GetFileName(Path))}: {Value:G4}");

    Origin? ICnnResult.Origin => Origin;

    CnnQuestion? ICnnResult.Question => Target.Question;

    internal Origin? Origin { get; init; }
}
