namespace CnnVis;

/// <summary>What a person or a network answered when it was shown a picture.</summary>
public sealed record LabelerAnswer
{
    /// <summary>Who answered.</summary>
    public required string Labeler { get; init; }

    /// <summary>Person or network; null where nothing tells.</summary>
    public LabelerKind? Kind { get; init; }

    /// <summary>The picture's name or path, by which answers to the same picture are found.</summary>
    public required string Image { get; init; }

    /// <summary>The picture's file, where it is known.</summary>
    public string? Path { get; init; }

    /// <summary>The study that it belongs to; empty where there is one only.</summary>
    public string Experiment { get; init; } = "";

    /// <summary>How the picture was shown; empty where there is one way only.</summary>
    public string Condition { get; init; } = "";

    /// <summary>What the picture shows; null where nothing says so.</summary>
    public string? Truth { get; init; }

    /// <summary>All labels that are right for the picture; empty where only <see cref="Truth"/> is known.</summary>
    public IReadOnlyList<string> Acceptable { get; init; } = [];

    /// <summary>The guesses, the best first; empty where no answer was given, which counts as wrong.</summary>
    public required IReadOnlyList<string> Answers { get; init; }

    /// <summary>How many guesses were allowed; null where nothing says so.</summary>
    public int? Allowed { get; init; }

    /// <summary>Time that it took, in seconds; null where it was not measured.</summary>
    public double? Seconds { get; init; }

    /// <summary>When it was given; of two answers to a picture the later one counts. Null where nothing says so.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Whether it belongs to the training round, which is never counted.</summary>
    public bool IsTraining { get; init; }

    internal Origin? Origin { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Labeler} on {VisibleText.Of(Image)}: {string.Join(", ", Answers)}";
}
