namespace CnnVis;

/// <summary>How many pictures a study needs, or what a number of pictures can show.</summary>
public sealed record HumanStudyPlan
{
    /// <summary>What is to be shown, in words.</summary>
    public required string Question { get; init; }

    /// <summary>Pictures that both labelers answer.</summary>
    public required int Count { get; init; }

    /// <summary>What that is by the formula of large samples; null where it was given.</summary>
    public required int? ApproximateCount { get; init; }

    /// <summary>Accuracy of the first labeler that is supposed, in [0, 1].</summary>
    public required double FirstAccuracy { get; init; }

    /// <summary>Accuracy of the second.</summary>
    public required double SecondAccuracy { get; init; }

    /// <summary>κ of error consistency that is supposed.</summary>
    public required double Kappa { get; init; }

    /// <summary>Share of pictures about which just one is right, which follows from these three.</summary>
    public required double Discordant { get; init; }

    /// <summary>Probability that McNemar's exact test shows the difference, computed exactly. NaN where the accuracies are equal.</summary>
    public required double Power { get; init; }

    /// <summary>Level of the test, two-sided.</summary>
    public required double Alpha { get; init; }

    /// <summary>Half the width of κ's interval.</summary>
    public required double HalfWidth { get; init; }

    /// <summary>Confidence of that interval.</summary>
    public required double Confidence { get; init; }

    /// <summary>Hours that one person needs.</summary>
    public required double Hours { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Question}: {Count} pictures, power {100 * Power:F0} %, {Hours:0.#} hours");
}
