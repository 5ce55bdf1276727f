using CnnVis.Engine.Targets;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>Which maps are wanted of each picture.</summary>
public sealed record SaliencyQuery
{
    /// <summary>The methods.</summary>
    public required IReadOnlyList<ISaliencyMethod> Methods { get; init; }

    /// <summary>Output indices of classes; null stands for the one that is most probable for the picture.</summary>
    public IReadOnlyList<int?> Classes { get; init; } = [];

    /// <summary>Neurons.</summary>
    public IReadOnlyList<NeuronTarget> Neurons { get; init; } = [];

    /// <summary>Which number stands for a class; null for the method's own.</summary>
    public ClassScore? Score { get; init; }

    /// <summary>How colours are taken together.</summary>
    public SaliencyReduction Reduction { get; init; } = SaliencyReduction.Maximum;

    /// <summary>Whether the object is located.</summary>
    public bool Localize { get; init; }

    /// <summary>Whether colours decide where it ends.</summary>
    public bool GraphCut { get; init; }

    /// <summary>Most pictures a pass.</summary>
    public int BatchSize { get; init; } = 16;
}
