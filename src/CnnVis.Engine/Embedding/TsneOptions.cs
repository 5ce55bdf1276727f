namespace CnnVis.Engine.Embedding;

/// <summary>Settings of t-SNE; the defaults are openTSNE's.</summary>
public sealed record TsneOptions
{
    /// <summary>Effective number of neighbours. Above (n − 1) / 3 it is lowered.</summary>
    public double Perplexity { get; init; } = 30;

    /// <summary>Steps in all, those with early exaggeration included.</summary>
    public int Iterations { get; init; } = 750;

    /// <summary>First steps, in which attraction is multiplied by <see cref="EarlyExaggeration"/>; at most a third of all.</summary>
    public int ExaggeratedIterations { get; init; } = 250;

    /// <summary>Factor of the attraction in the first steps.</summary>
    public double EarlyExaggeration { get; init; } = 12;

    /// <summary>Step size; if null, n / <see cref="EarlyExaggeration"/> (Belkina et al. 2019), and at least 200.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Dimensions of the map, 1 to 3.</summary>
    public int Dimension { get; init; } = 2;

    /// <summary>Where the points start.</summary>
    public TsneInitialization Initialization { get; init; } = TsneInitialization.Pca;

    /// <summary>Start of each point, [n, <see cref="Dimension"/>]; overrides <see cref="Initialization"/>.</summary>
    public IReadOnlyList<float>? Start { get; init; }

    /// <summary>Points of more numbers are brought to so many by principal components first; 0 leaves them as they are.</summary>
    public int PcaDimension { get; init; } = 50;

    /// <summary>All repulsive forces between pairs, and the exact neighbours, however many points there are.</summary>
    public bool Exact { get; init; }

    /// <summary>Where neighbours, forces and steps are computed as tensors, as <see cref="Runtime.ComputeDevice.Parse"/> takes it; null for the processor's own vector code, which is quicker there.</summary>
    public string? Device { get; init; }

    /// <summary>Of everything random.</summary>
    public long Seed { get; init; }
}
