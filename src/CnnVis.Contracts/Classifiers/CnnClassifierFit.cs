namespace CnnVis;

/// <summary>How a linear classifier was fitted to codes: the property Fit of what New-CnnClassifier gives.</summary>
public sealed record CnnClassifierFit
{
    /// <summary>Alias of the layer whose values are the codes.</summary>
    public required string Layer { get; init; }

    /// <summary>Codes that it was fitted to in the end, views of the same picture counted each.</summary>
    public required int Count { get; init; }

    /// <summary>Numbers of a code.</summary>
    public required int CodeLength { get; init; }

    /// <summary>Classes.</summary>
    public required int ClassCount { get; init; }

    /// <summary>λ of λ/2 · ‖W‖², over standardised codes; scikit-learn's C is 1 / (λ · sum of the codes' weights).</summary>
    public required double WeightDecay { get; init; }

    /// <summary>What was minimised: mean cross-entropy by the codes' weights, in nats, plus λ/2 · ‖W‖².</summary>
    public required double Objective { get; init; }

    /// <summary>Steps of the optimiser.</summary>
    public required int Iterations { get; init; }

    /// <summary>Whether the gradient became as small as asked.</summary>
    public required bool IsConverged { get; init; }

    /// <summary>Codes that were left out to choose the weight decay; 0 where it was given.</summary>
    public required int HeldOutCount { get; init; }

    /// <summary>Share of those whose class is the most probable, by the classifier fitted without them; null where none was left out. Chosen for its loss on the same codes, it flatters a little.</summary>
    public required double? HeldOutAccuracy { get; init; }

    /// <summary>All weight decays that were tried, in the order of the trial.</summary>
    public required IReadOnlyList<WeightDecayTrial> Trials { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Count:N0} codes of {CodeLength:N0} numbers, {ClassCount} classes, weight decay {WeightDecay:G3}{(HeldOutAccuracy is { } accuracy ? FormattableString.Invariant($", {accuracy:P1} of {HeldOutCount:N0} left out right") : "")}");
}
