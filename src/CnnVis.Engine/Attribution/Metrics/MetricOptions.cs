using CnnVis.Engine.Images;

namespace CnnVis.Engine.Attribution.Metrics;

/// <summary>Settings of the metrics; each takes what it knows.</summary>
public sealed record MetricOptions
{
    /// <summary>The defaults.</summary>
    public static MetricOptions Default { get; } = new();

    /// <summary>Steps of the curves of insertion and deletion.</summary>
    public int CurveSteps { get; init; } = 50;

    /// <summary>What insertion begins with, and deletion ends with; null for the metric's own.</summary>
    public Baseline? PerturbationBaseline { get; init; }

    /// <summary>How far beside a box still counts for the pointing game, in pixels of the photo.</summary>
    public double Tolerance { get; init; }

    /// <summary>Changed copies of a picture, for infidelity and max-sensitivity.</summary>
    public int Perturbations { get; init; } = 50;

    /// <summary>Deviation of infidelity's Gaussian noise, of pixels in [0, 1].</summary>
    public double Deviation { get; init; } = 0.2;

    /// <summary>Largest change of a pixel, in [0, 1], for max-sensitivity.</summary>
    public double Radius { get; init; } = 0.02;

    /// <summary>The absent picture of completeness; null for black.</summary>
    public Baseline? Baseline { get; init; }

    /// <summary>Seed of everything random. Every picture gets the same random numbers.</summary>
    public int Seed { get; init; }
}
