namespace CnnVis;

/// <summary>A metric of a method over many pictures.</summary>
public sealed record SaliencyMeasureSummary : ICnnResult
{
    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>The method that made the maps.</summary>
    public required string Method { get; init; }

    /// <summary>The metric.</summary>
    public required string Metric { get; init; }

    /// <summary>Which number of a metric that has several; null for the others.</summary>
    public required string? Statistic { get; init; }

    /// <summary>Alias of the layer down to which the network is random; null for other metrics.</summary>
    public required string? Layer { get; init; }

    /// <summary>Pictures for which the measure is defined.</summary>
    public required int Count { get; init; }

    /// <summary>The mean; for hits their share. NaN without pictures.</summary>
    public required double Mean { get; init; }

    /// <summary>Lower end of the mean's 95 % confidence interval: Wilson's for hits, the normal one for others. NaN where it takes more pictures.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double Upper { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Metric} of {Method}: {Mean:G4} over {Count} pictures");

    Origin? ICnnResult.Origin => Origin;

    internal Origin? Origin { get; init; }
}
