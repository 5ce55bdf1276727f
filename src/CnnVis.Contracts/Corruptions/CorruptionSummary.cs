namespace CnnVis;

/// <summary>How accurate a network stays under one corruption, over its severities.</summary>
public sealed record CorruptionSummary : ICnnResult
{
    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>The corruption.</summary>
    public required string Corruption { get; init; }

    /// <summary>Noise, Blur, Weather, Digital or Extra.</summary>
    public required string Family { get; init; }

    /// <summary>Mean top-1 error over the severities, in [0, 1].</summary>
    public required double Error { get; init; }

    /// <summary>Mean accuracy over the severities by clean accuracy.</summary>
    public required double Retention { get; init; }

    /// <summary>CE: errors summed over the severities by those of the baseline, 1 for the baseline itself; null without one.</summary>
    public required double? CorruptionError { get; init; }

    /// <summary>Relative CE: by how much the errors rise over the clean ones, by how much those of the baseline do; null without one.</summary>
    public required double? RelativeCorruptionError { get; init; }

    Origin? ICnnResult.Origin => Origin;

    internal Origin? Origin { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Corruption}: {100 * Error:F1} % wrong, {100 * Retention:F0} % of the accuracy left");
}
