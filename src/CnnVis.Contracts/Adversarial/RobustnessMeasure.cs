namespace CnnVis;

/// <summary>How accurate a network stays under one attack of one size.</summary>
public sealed record RobustnessMeasure : ICnnResult
{
    /// <summary>The network that is asked.</summary>
    public required string Model { get; init; }

    /// <summary>The network whose gradients and answers the attack used; another one where examples are carried over.</summary>
    public required string Source { get; init; }

    /// <summary>The attack.</summary>
    public required string Method { get; init; }

    /// <summary>How it measures perturbations.</summary>
    public required AttackNorm Norm { get; init; }

    /// <summary>Largest size; null where the attack looks for the smallest that does.</summary>
    public required double? Epsilon { get; init; }

    /// <summary>Pictures.</summary>
    public required int Count { get; init; }

    /// <summary>Share of the pictures that the network is right about as they are.</summary>
    public required double CleanAccuracy { get; init; }

    /// <summary>Robust accuracy: share of all pictures that it is right about when they are attacked.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Lower end of the accuracy's 95 % confidence interval (Wilson 1927).</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double Upper { get; init; }

    /// <summary>The accuracy when attacked pictures are rounded to 8 bits.</summary>
    public required double AccuracyAfterRounding { get; init; }

    /// <summary>Share of the pictures that were attacked, because the source was right about them, of which the attack succeeded; where examples are carried over, of those that succeeded with the source, and that this network was right about, the share that it errs about. NaN where there is none.</summary>
    public required double SuccessRate { get; init; }

    /// <summary>Mean √(Σ (x′ − x)² / n) of the examples that succeeded with the source; NaN where there is none.</summary>
    public required double MeanDistortion { get; init; }

    /// <summary>Mean size of those, by <see cref="Norm"/>.</summary>
    public required double MeanSize { get; init; }

    /// <summary>Mean number of forward passes for a picture that was attacked.</summary>
    public required double MeanQueries { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Model} under {Method}{(Epsilon is { } e ? $" {e:G3}" : "")}: {Accuracy:P1} of {Count}");

    Origin? ICnnResult.Origin => Origin;

    internal Origin? Origin { get; init; }
}
