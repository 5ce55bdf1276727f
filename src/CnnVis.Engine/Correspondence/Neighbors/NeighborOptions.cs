namespace CnnVis.Engine.Correspondence.Neighbors;

/// <summary>How pictures are put together of others' pieces.</summary>
public sealed record NeighborOptions
{
    /// <summary>Numbers of neighbours, each of which gives a picture.</summary>
    public IReadOnlyList<int> Sizes { get; init; } = [1, 4, 16, 64];

    /// <summary>How features are compared.</summary>
    public CorrespondenceMetric Metric { get; init; } = CorrespondenceMetric.Cosine;

    /// <summary>Pictures computed at a time.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Of the controls.</summary>
    public int Seed { get; init; }
}
