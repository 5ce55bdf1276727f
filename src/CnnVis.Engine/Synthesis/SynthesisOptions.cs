using CnnVis.Engine.Optimization;
using CnnVis.Engine.Synthesis.Parameterizations;
using CnnVis.Engine.Synthesis.Regularizers;
using CnnVis.Engine.Synthesis.Transformations;

namespace CnnVis.Engine.Synthesis;

/// <summary>How pictures are made.</summary>
public sealed record SynthesisOptions
{
    /// <summary>What is moved.</summary>
    public required IParameterization Parameterization { get; init; }

    /// <summary>Makes an optimiser for a run.</summary>
    public required Func<IOptimizer> Optimizer { get; init; }

    /// <summary>What happens between picture and network, in order.</summary>
    public IReadOnlyList<ITransformation> Transformations { get; init; } = [];

    /// <summary>What keeps pictures from being noise.</summary>
    public IReadOnlyList<IRegularizer> Regularizers { get; init; } = [];

    /// <summary>What the regularisers' penalties are counted in.</summary>
    public PenaltyUnit PenaltyUnit { get; init; }

    /// <summary>Steps at most, at least 0.</summary>
    public required int Steps { get; init; }

    /// <summary>Deviation of the noise that is added to the start, in units of the variables.</summary>
    public double Noise { get; init; }

    /// <summary>A picture whose score reaches this is done; null for none.</summary>
    public double? EnoughScore { get; init; }

    /// <summary>Pictures computed at a time.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Whether the same picture always looks the same to the network, and nothing but the optimiser moves it, so that its loss says whether it is the best so far.</summary>
    internal bool IsDeterministic => Transformations.Count == 0 && PenaltyUnit != PenaltyUnit.Gain && !Regularizers.Any(r => r.ChangesPixels);
}
