namespace CnnVis.Engine.Synthesis.Fooling;

/// <summary>How networks are fooled. What is null is the method's own.</summary>
public sealed record FoolingOptions
{
    /// <summary>The defaults.</summary>
    public static FoolingOptions Default { get; } = new();

    /// <summary>The way.</summary>
    public FoolingMethod Method { get; init; }

    /// <summary>The probability that is enough, below 1.</summary>
    public double Confidence { get; init; } = 0.99;

    /// <summary>Steps along the gradient, or generations.</summary>
    public int? Steps { get; init; }

    /// <summary>What to begin with, [C, H, W]; null for noise.</summary>
    public float[]? Start { get; init; }

    /// <summary>Its name.</summary>
    public string StartName { get; init; } = "Noise";

    /// <summary>Pictures computed at a time: of an evolution the children of a generation.</summary>
    public int BatchSize { get; init; } = 16;
}
