namespace CnnVis;

/// <summary>Pictures (or classes) that have about the same of an attribute, and how accurate the network is about them.</summary>
public sealed record AttributeBin
{
    /// <summary>What they have, in words.</summary>
    public required string Name { get; init; }

    /// <summary>Least value; null for attributes that are no numbers.</summary>
    public required double? Low { get; init; }

    /// <summary>Largest value.</summary>
    public required double? High { get; init; }

    /// <summary>Pictures, or classes.</summary>
    public required int Count { get; init; }

    /// <summary>Accuracy; of classes the mean of theirs.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Lower end of its 95 % interval: Wilson's of pictures, the bootstrap's of classes.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double Upper { get; init; }

    /// <summary>Errors here by errors in the mean: (1 − accuracy) / (1 − accuracy of all); as ImageNet-X's error ratio (Idrissi et al. 2022). NaN where there are no errors.</summary>
    public required double ErrorRatio { get; init; }

    /// <summary>Expected calibration error of the pictures, in [0, 1]; NaN for classes.</summary>
    public required double CalibrationError { get; init; }

    /// <summary>Mean of the attribute that bins were matched by; null without one.</summary>
    public double? MatchedBy { get; init; }

    /// <summary>Pictures or classes left after matching; null without it.</summary>
    public int? MatchedCount { get; init; }

    /// <summary>Accuracy of those; null where fewer than five are left.</summary>
    public double? MatchedAccuracy { get; init; }

    /// <summary>Lower end of its 95 % interval.</summary>
    public double? MatchedLower { get; init; }

    /// <summary>Upper end of it.</summary>
    public double? MatchedUpper { get; init; }

    /// <summary>Accuracy as a logistic regression on the bin and the other attribute has it for pictures that have the mean of all in that; null without one.</summary>
    public double? AdjustedAccuracy { get; init; }

    /// <summary>Whether so few are here that the number says little.</summary>
    public bool IsSmall => Count < 30;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name}: {100 * Accuracy:F1} % of {Count}");
}
