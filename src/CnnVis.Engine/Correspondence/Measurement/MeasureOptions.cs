using CnnVis.Engine.Correspondence.Alignment;

namespace CnnVis.Engine.Correspondence.Measurement;

/// <summary>How correspondence is measured.</summary>
public sealed record MeasureOptions
{
    /// <summary>The movements; null for the standard ones of the layers' largest stride.</summary>
    public IReadOnlyList<CnnWarp>? Warps { get; init; }

    /// <summary>How features are compared.</summary>
    public CorrespondenceMetric Metric { get; init; } = CorrespondenceMetric.Cosine;

    /// <summary>How units are aligned together; null where each goes to its own nearest.</summary>
    public AlignmentOptions? Alignment { get; init; }

    /// <summary>Most units of a picture and movement that are asked, spread evenly.</summary>
    public int MostPoints { get; init; } = 256;

    /// <summary>What is added to the moved picture's values, which stay in [0, 1].</summary>
    public double Brightness { get; init; }

    /// <summary>Standard deviation of normal noise that is added to the moved picture's values.</summary>
    public double Noise { get; init; }

    /// <summary>A measure for each movement, besides the one for all.</summary>
    public bool ByWarp { get; init; }

    /// <summary>Pictures computed at a time.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Of thin plates, noise, random weights and features, and intervals.</summary>
    public int Seed { get; init; }
}
