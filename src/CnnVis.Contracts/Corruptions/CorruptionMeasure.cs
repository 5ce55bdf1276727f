namespace CnnVis;

/// <summary>How accurate a network stays under one corruption of one severity.</summary>
public sealed record CorruptionMeasure : ICnnResult
{
    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>The corruption.</summary>
    public required string Corruption { get; init; }

    /// <summary>Noise, Blur, Weather, Digital or Extra.</summary>
    public required string Family { get; init; }

    /// <summary>From 1 to 5; 0 for the pictures as they are.</summary>
    public required int Severity { get; init; }

    /// <summary>Share of the pictures that it is right about.</summary>
    public required RateEstimate Accuracy { get; init; }

    /// <summary>The same without a corruption.</summary>
    public required RateEstimate CleanAccuracy { get; init; }

    /// <summary>Accuracy by clean accuracy; NaN where that is 0.</summary>
    public double Retention => Accuracy.Share / CleanAccuracy.Share;

    Origin? ICnnResult.Origin => Origin;

    internal Origin? Origin { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Corruption} {Severity}: {Accuracy}";
}
