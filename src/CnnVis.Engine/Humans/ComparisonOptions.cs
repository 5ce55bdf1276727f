namespace CnnVis.Engine.Humans;

/// <summary>How labelers are compared.</summary>
public sealed record ComparisonOptions
{
    /// <summary>Guesses of which one has to be right; null for as many as every labeler was allowed, five at most.</summary>
    public int? Top { get; init; }

    /// <summary>Draws of the bootstrap, and of independent observers.</summary>
    public int Samples { get; init; } = 2000;

    /// <summary>Of the draws.</summary>
    public int Seed { get; init; }

    /// <summary>Reads pictures for the sheets.</summary>
    public IPictureFiles? Files { get; init; }
}
