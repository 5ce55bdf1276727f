namespace CnnVis;

/// <summary>People and networks that answered the same pictures, compared (Russakovsky et al. 2014, section 6.4; Geirhos et al. 2020).</summary>
public sealed partial record HumanComparison : ICnnResult
{
    /// <summary>The study; empty where it has no name.</summary>
    public required string Experiment { get; init; }

    /// <summary>Pictures, each condition's counted.</summary>
    public required int ImageCount { get; init; }

    /// <summary>How the pictures were shown.</summary>
    public required IReadOnlyList<string> Conditions { get; init; }

    /// <summary>Guesses of which one has to be right, in pairs and where it is said who is right.</summary>
    public required int Top { get; init; }

    /// <summary>A score a labeler, and of people together.</summary>
    public required IReadOnlyList<LabelerScore> Labelers { get; init; }

    /// <summary>All pairs of labelers; of people together those with networks.</summary>
    public required IReadOnlyList<LabelerPair> Pairs { get; init; }

    /// <summary>Error consistency between people; null with fewer than two.</summary>
    public required ConsistencySummary? HumanHuman { get; init; }

    /// <summary>Error consistency between people and networks; null where there is none of either.</summary>
    public required ConsistencySummary? HumanNetwork { get; init; }

    /// <summary>Error consistency between networks; null with fewer than two.</summary>
    public required ConsistencySummary? NetworkNetwork { get; init; }

    /// <summary>Pictures that some people and no network are right about; null where there are no people or no networks.</summary>
    public required OutcomePictures? OnlyPeople { get; init; }

    /// <summary>Pictures that some networks and nobody of the people are right about; null where there are no people or no networks.</summary>
    public required OutcomePictures? OnlyNetworks { get; init; }

    /// <summary>Shares of the types of error; empty where no error was tagged.</summary>
    public required IReadOnlyList<ErrorTypeShare> ErrorTypes { get; init; }

    /// <summary>Agreement of taggers; empty where no error was tagged twice.</summary>
    public required IReadOnlyList<TaggerAgreement> TaggerAgreement { get; init; }

    /// <summary>What one should know of the numbers: answers left out, few pictures.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Learning curves and times, for Export-CnnImage.</summary>
    public LearningPlot Learning => new(Experiment, [.. Labelers.Where(l => l.Kind is LabelerKind.Person or LabelerKind.Network)]);

    /// <summary>In words.</summary>
    public override string ToString() => $"{(Experiment.Length > 0 ? $"{Experiment}: " : "")}{Labelers.Count(l => l.Kind == LabelerKind.Person)} people, {Labelers.Count(l => l.Kind == LabelerKind.Network)} networks, {ImageCount} pictures";

    Origin? ICnnResult.Origin => null;

    IEnumerable<ICnnResult> ICnnResult.Parts => Labelers.Where(l => l.Origin is not null);
}
