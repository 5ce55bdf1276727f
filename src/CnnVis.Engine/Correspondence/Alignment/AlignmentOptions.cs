namespace CnnVis.Engine.Correspondence.Alignment;

/// <summary>The energy of an alignment, and how its least value is looked for. Displacements are in units of the layer.</summary>
public sealed record AlignmentOptions
{
    /// <summary>The form.</summary>
    public AlignmentSmoothness Smoothness { get; init; } = AlignmentSmoothness.SquaredL2;

    /// <summary>β, or α of SIFT flow: how much smoothness counts; null for 0.1, which found most of what known movements did (docs/correspondence.md).</summary>
    public double? Weight { get; init; }

    /// <summary>d over α: by how many units neighbours may differ before more costs no more, for <see cref="AlignmentSmoothness.TruncatedL1"/>.</summary>
    public double Truncation { get; init; } = 4;

    /// <summary>η over α: what a unit's way itself costs, for <see cref="AlignmentSmoothness.TruncatedL1"/>. SIFT flow has 0.005 over 2.</summary>
    public double SmallDisplacement { get; init; } = 0.0025;

    /// <summary>Farthest way, in units to each side; null for half of the grid.</summary>
    public int? Window { get; init; }

    /// <summary>Most iterations, each of which goes through all units forth and back.</summary>
    public int Iterations { get; init; } = 30;

    /// <summary>The weight that is used.</summary>
    public double WeightInUse => Weight ?? 0.1;
}
