using CnnVis.Engine.Images;

namespace CnnVis.Engine.Attribution.Occlusion;

/// <summary>How a picture is occluded, and what is recorded.</summary>
public sealed record OcclusionOptions
{
    /// <summary>The defaults.</summary>
    public static OcclusionOptions Default { get; } = new();

    /// <summary>Sides of the occluder: one number, or rows and columns. Pixels of the network's input, or below 1 a fraction of its side.</summary>
    public IReadOnlyList<double> WindowSize { get; init; } = [0.25];

    /// <summary>Pixels from one place to the next, likewise; null for a quarter of the window.</summary>
    public IReadOnlyList<double>? Stride { get; init; }

    /// <summary>What the occluder shows.</summary>
    public Baseline Baseline { get; init; } = Baseline.Grey;

    /// <summary>Output indices of the classes; null stands for the one that is most probable for the picture as it is.</summary>
    public IReadOnlyList<int?> Classes { get; init; } = [null];

    /// <summary>Which number stands for a class.</summary>
    public ClassScore Score { get; init; } = ClassScore.Probability;

    /// <summary>Layers whose maps are summed; a null channel stands for the map with the largest sum for the picture as it is.</summary>
    public IReadOnlyList<(CnnLayer Layer, int? Channel)> Layers { get; init; } = [];

    /// <summary>Occluded pictures computed at a time. No result depends on it.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Pass every occluded picture through the whole network, as a check of the faster way.</summary>
    public bool RecomputeAll { get; init; }

    /// <summary>Difference of neighbouring scores from which on the positions between are computed, beginning with a coarse grid; null computes all (<see cref="GridRefinement"/>).</summary>
    public double? Refine { get; init; }

    /// <summary>Seed of the noise that an occluder may show.</summary>
    public int Seed { get; init; }

    /// <summary>The positions over a network's input.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: sizes make no sense together.</exception>
    public OccluderGrid Grid(CnnInput input) => new(
        OccluderAxis.Of(input.Height, WindowSize[0], Stride?[0]),
        OccluderAxis.Of(input.Width, WindowSize[^1], Stride?[^1]));
}
