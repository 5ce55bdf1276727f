namespace CnnVis;

/// <summary>How well one labeler did.</summary>
public sealed record LabelerScore : ICnnResult
{
    /// <summary>Who.</summary>
    public required string Labeler { get; init; }

    /// <summary>Person, network, or people together.</summary>
    public required LabelerKind Kind { get; init; }

    /// <summary>Answers counted.</summary>
    public required int Count { get; init; }

    /// <summary>Pictures without an answer; they count as wrong.</summary>
    public required int Unanswered { get; init; }

    /// <summary>Answers of the training round, which are not counted.</summary>
    public required int TrainingCount { get; init; }

    /// <summary>Share of the pictures whose first guess is what they show.</summary>
    public required RateEstimate Top1 { get; init; }

    /// <summary>Share of the pictures for which one of the first five guesses is; null where only one guess was given.</summary>
    public required RateEstimate? Top5 { get; init; }

    /// <summary>Multi-label accuracy (Beyer et al. 2020): share of the pictures whose first guess is acceptable, among those that have acceptable labels; null where none are known.</summary>
    public required RateEstimate? MultiLabel { get; init; }

    /// <summary>Median time a picture, in seconds; null where it was not measured.</summary>
    public required double? MedianSeconds { get; init; }

    /// <summary>Error by number of pictures answered, in the order in which they were.</summary>
    public required IReadOnlyList<LearningPoint> LearningCurve { get; init; }

    /// <summary>Accuracy by time, in four bins of equal count; empty where times were not measured.</summary>
    public required IReadOnlyList<TimeBin> Times { get; init; }

    /// <summary>As in <c>subject-01: 78.1 % [75.8, 80.3]</c>, with five guesses beside it where there are.</summary>
    public override string ToString() => $"{Labeler}: {Top1}{(Top5 is null ? "" : $", top-5 {Top5}")}";

    Origin? ICnnResult.Origin => Origin;

    internal Origin? Origin { get; init; }
}
