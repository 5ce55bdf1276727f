using CnnVis.Engine.Correspondence.Alignment;

namespace CnnVis.Engine.Correspondence;

/// <summary>Which matches are kept.</summary>
public sealed record CorrespondenceOptions
{
    /// <summary>How features are compared.</summary>
    public CorrespondenceMetric Metric { get; init; } = CorrespondenceMetric.Cosine;

    /// <summary>Keep every unit's match, not only those whose match has them for its own.</summary>
    public bool IncludeOneSided { get; init; }

    /// <summary>Largest <see cref="CorrespondenceMatch.Ratio"/>.</summary>
    public double MaximumRatio { get; init; } = 1;

    /// <summary>Largest <see cref="CorrespondenceMatch.ForwardBackwardError"/>, in input pixels.</summary>
    public double MaximumForwardBackwardError { get; init; } = double.PositiveInfinity;

    /// <summary>How units are aligned together; null where each goes to its own nearest.</summary>
    public AlignmentOptions? Alignment { get; init; }
}
