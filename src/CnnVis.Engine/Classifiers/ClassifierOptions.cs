namespace CnnVis.Engine.Classifiers;

/// <summary>How a linear classifier is fitted.</summary>
public sealed record ClassifierOptions
{
    /// <summary>λ of λ/2 · ‖W‖² over standardised codes; null: the best on a part that is left out.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>Share of each class's pictures that is left out to choose the weight decay.</summary>
    public double HeldOut { get; init; } = 0.1;

    /// <summary>Whether all classes count the same, however many codes they have: a code weighs N / (classes · codes of its class).</summary>
    public bool IsBalanced { get; init; }

    /// <summary>Weights of classes by name; 1 for the others.</summary>
    public IReadOnlyDictionary<string, double> ClassWeights { get; init; } = new Dictionary<string, double>();

    /// <summary>Decides which pictures are left out.</summary>
    public long Seed { get; init; }

    /// <summary>Most steps of the last fit.</summary>
    public int MaxIterations { get; init; } = 1000;
}
