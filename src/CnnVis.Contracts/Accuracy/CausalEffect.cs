namespace CnnVis;

/// <summary>
/// What accuracy does where an attribute is changed in the pictures themselves, beside how it differs between pictures that have more and less of it. The one is a cause; the other may come of whatever goes with it.
/// </summary>
public sealed record CausalEffect : ICnnResult
{
    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>The attribute.</summary>
    public required string Attribute { get; init; }

    /// <summary>The bin whose pictures were changed.</summary>
    public required string From { get; init; }

    /// <summary>The bin whose mean they were brought to.</summary>
    public required string To { get; init; }

    /// <summary>Mean of the attribute there: what it was set to.</summary>
    public required double Level { get; init; }

    /// <summary>Pictures that could be changed so.</summary>
    public required int Count { get; init; }

    /// <summary>Accuracy of the other bin less that of these pictures, as they are.</summary>
    public required double Observed { get; init; }

    /// <summary>Accuracy in these pictures as they are.</summary>
    public required RateEstimate Before { get; init; }

    /// <summary>Accuracy in them when they were changed.</summary>
    public required RateEstimate After { get; init; }

    /// <summary>After less before.</summary>
    public double Change => After.Share - Before.Share;

    /// <summary>Lower end of the change's 95 % interval (of paired shares, normal).</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double Upper { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Attribute}: accuracy is {100 * Observed:+0.0;-0.0;0.0} points from '{From}' to '{To}'; changing '{From}' to that level ({Level:G3}) does {100 * Change:+0.0;-0.0;0.0} ({100 * Lower:+0.0;-0.0;0.0} to {100 * Upper:+0.0;-0.0;0.0}).");

    Origin? ICnnResult.Origin => Origin;

    internal Origin? Origin { get; init; }
}
