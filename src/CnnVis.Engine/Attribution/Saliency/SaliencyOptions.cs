using CnnVis.Engine.Images;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>Settings of the methods; each takes what it knows.</summary>
public sealed record SaliencyOptions
{
    /// <summary>The defaults.</summary>
    public static SaliencyOptions Default { get; } = new();

    /// <summary>Steps of the path of integrated gradients; null for as many as bring its sum near enough.</summary>
    public int? Steps { get; init; }

    /// <summary>Samples of methods that draw some; null for the method's own number.</summary>
    public int? Samples { get; init; }

    /// <summary>Deviation of SmoothGrad's noise, as a share of the picture's range (Smilkov et al. 2017, section 3.1).</summary>
    public double NoiseLevel { get; init; } = 0.15;

    /// <summary>Seed of everything random. Every picture gets the same random numbers, so that no map depends on its neighbours.</summary>
    public int Seed { get; init; }

    /// <summary>What stands for an absent pixel; null for the method's own.</summary>
    public Baseline? Baseline { get; init; }

    /// <summary>The rule of layer-wise relevance propagation.</summary>
    public RelevanceRuleKind Rule { get; init; } = RelevanceRuleKind.Composite;

    /// <summary>Whether excitation backprop subtracts what speaks for everything else.</summary>
    public bool Contrastive { get; init; }

    /// <summary>The layer whose maps are combined, by name or alias, or <c>image</c>; null for the method's own choice.</summary>
    public string? TargetLayer { get; init; }

    /// <summary>Where the places of its maps lie in the picture.</summary>
    public MapPlacement Placement { get; init; }

    /// <summary>Pictures to compare with, each [C, H, W] in [0, 1], for expected gradients.</summary>
    public IReadOnlyList<float[]> References { get; init; } = [];
}
