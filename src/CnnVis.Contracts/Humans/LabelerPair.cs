namespace CnnVis;

/// <summary>Two labelers, by the pictures that both answered.</summary>
public sealed record LabelerPair
{
    /// <summary>The first.</summary>
    public required string First { get; init; }

    /// <summary>The second.</summary>
    public required string Second { get; init; }

    /// <summary>What the first is.</summary>
    public required LabelerKind FirstKind { get; init; }

    /// <summary>What the second is.</summary>
    public required LabelerKind SecondKind { get; init; }

    /// <summary>Pictures that both answered.</summary>
    public required int Count { get; init; }

    /// <summary>Pictures that both are right about.</summary>
    public required int BothRight { get; init; }

    /// <summary>Pictures that only the first is right about.</summary>
    public required int OnlyFirst { get; init; }

    /// <summary>Pictures that only the second is right about.</summary>
    public required int OnlySecond { get; init; }

    /// <summary>Pictures that neither is right about.</summary>
    public required int NeitherRight { get; init; }

    /// <summary>Accuracy of the first on these pictures, in [0, 1].</summary>
    public double FirstAccuracy => (double)(BothRight + OnlyFirst) / Count;

    /// <summary>Accuracy of the second on them.</summary>
    public double SecondAccuracy => (double)(BothRight + OnlySecond) / Count;

    /// <summary>Accuracy of the first less that of the second.</summary>
    public double Difference => (double)(OnlyFirst - OnlySecond) / Count;

    /// <summary>Lower end of the difference's 95 % interval for paired answers (Newcombe 1998, method 10).</summary>
    public required double DifferenceLower { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double DifferenceUpper { get; init; }

    /// <summary>Two-sided p of McNemar's exact test: whether one is better, by the pictures about which they disagree. This is the test for paired answers.</summary>
    public required double McNemar { get; init; }

    /// <summary>z of the test "as published" (Russakovsky et al. 2014, section 6.4), which takes the two for independent samples; positive where the first errs less. NaN where both have no error, or nothing but errors.</summary>
    public required double Z { get; init; }

    /// <summary>One-sided p of that z.</summary>
    public required double ZOneSided { get; init; }

    /// <summary>Error consistency.</summary>
    public required ConsistencyEstimate Consistency { get; init; }

    /// <summary>Error consistency, condition by condition.</summary>
    public required IReadOnlyList<ConditionConsistency> Conditions { get; init; }

    /// <summary>κ of error consistency, for sorting and for Measure-CnnHumanStudy.</summary>
    public double Kappa => Consistency.Kappa;

    /// <summary>Cohen's κ of the answers themselves (1960): whether they say the same, right or wrong, beyond what their habits would give; over pictures that both gave an answer to. NaN where there is none.</summary>
    public required double AnswerKappa { get; init; }

    /// <summary>The pictures that only the first is right about.</summary>
    public required OutcomePictures OnlyFirstPictures { get; init; }

    /// <summary>The pictures that only the second is right about.</summary>
    public required OutcomePictures OnlySecondPictures { get; init; }

    /// <summary>As in <c>subject-01 and resnet50: kappa 0.068 [0.021, 0.114]</c>.</summary>
    public override string ToString() => $"{First} and {Second}: kappa {Consistency}";
}
