namespace CnnVis.Engine.Synthesis.Inversion;

/// <summary>How codes are inverted. What is null depends on the layer.</summary>
public sealed record InversionOptions
{
    /// <summary>The defaults.</summary>
    public static InversionOptions Default { get; } = new();

    /// <summary>The way down.</summary>
    public InversionMethod Method { get; init; } = InversionMethod.Adam;

    /// <summary>Steps.</summary>
    public int Steps { get; init; } = 200;

    /// <summary>Size of a step at the beginning, in pixel values; L-BFGS has none. Null for the method's own.</summary>
    public double? LearningRate { get; init; }

    /// <summary>α of the α-norm.</summary>
    public double Alpha { get; init; } = 6;

    /// <summary>Weight of the α-norm.</summary>
    public double? AlphaWeight { get; init; }

    /// <summary>β of the total variation.</summary>
    public double Beta { get; init; } = 2;

    /// <summary>Weight of the total variation.</summary>
    public double? TotalVariation { get; init; }

    /// <summary>Rows and columns in the middle of the maps that count; null for all.</summary>
    public int? Neighborhood { get; init; }

    /// <summary>Move a spectrum of decorrelated colours instead of pixels; null for what suits the picture's size and the layer (<see cref="InversionDefaults.Spectrum"/>).</summary>
    public bool? Spectrum { get; init; }

    /// <summary>Largest shift of the picture along each axis before each look, in pixels; 0 for none, null for what suits the layer (<see cref="InversionDefaults.Jitter"/>).</summary>
    public int? Jitter { get; init; }

    /// <summary>What to begin with, [C, H, W]; null for noise about the network's mean.</summary>
    public float[]? Start { get; init; }

    /// <summary>Reconstructions computed at a time.</summary>
    public int BatchSize { get; init; } = 16;
}
