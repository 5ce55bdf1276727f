namespace CnnVis.Engine.Embedding;

/// <summary>Settings of <see cref="TsneTransform"/>; the defaults are openTSNE's.</summary>
public sealed record TransformOptions
{
    /// <summary>Effective number of the map's points that a new one is drawn to.</summary>
    public double Perplexity { get; init; } = 5;

    /// <summary>Steps.</summary>
    public int Iterations { get; init; } = 250;

    /// <summary>Size of a step.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Factor of the attraction.</summary>
    public double Exaggeration { get; init; } = 1.5;
}
