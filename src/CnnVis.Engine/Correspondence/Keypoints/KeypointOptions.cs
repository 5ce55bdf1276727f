namespace CnnVis.Engine.Correspondence.Keypoints;

/// <summary>How keypoints are asked about.</summary>
public sealed record KeypointOptions
{
    /// <summary>What is asked.</summary>
    public IReadOnlyList<KeypointTask> Tasks { get; init; } = Enum.GetValues<KeypointTask>();

    /// <summary>Similar objects that are aligned for Transfer, and that make the prior of Prediction.</summary>
    public int Neighbors { get; init; } = 25;

    /// <summary>How many of the aligned ones, those with the least deformation, the median is taken of.</summary>
    public int Kept { get; init; } = 5;

    /// <summary>Standard deviation of the prior round a similar object's keypoint, as a share of the box.</summary>
    public double PriorDeviation { get; init; } = 0.1;

    /// <summary>Pictures computed at a time.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Of halves and folds, random weights, shuffled names and intervals.</summary>
    public int Seed { get; init; }
}
