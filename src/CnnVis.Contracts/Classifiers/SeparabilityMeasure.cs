namespace CnnVis;

/// <summary>How well a linear classifier tells classes apart by the values of a layer, on pictures that it was not fitted to (Alain and Bengio 2016).</summary>
public sealed record SeparabilityMeasure : ICnnResult
{
    /// <summary>The network.</summary>
    public required string Model { get; init; }

    /// <summary>The layer's alias; pixels for the picture itself.</summary>
    public required string Layer { get; init; }

    /// <summary>The layer's place in the network; −1 for the picture itself.</summary>
    public required int Index { get; init; }

    /// <summary>Whose values they are.</summary>
    public required SeparabilityBase Base { get; init; }

    /// <summary>Numbers that the classifier was given for a picture: those of the layer, or of its maps averaged over places where there are too many.</summary>
    public required int CodeLength { get; init; }

    /// <summary>Classes.</summary>
    public required int ClassCount { get; init; }

    /// <summary>Pictures that it was fitted to.</summary>
    public required int TrainingCount { get; init; }

    /// <summary>Pictures that it was asked about.</summary>
    public required int Count { get; init; }

    /// <summary>Share of those whose class is the most probable.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Lower end of the accuracy's 95 % confidence interval (Wilson 1927).</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double Upper { get; init; }

    /// <summary>The weight decay that was chosen, on a part of the pictures that it was fitted to.</summary>
    public required double WeightDecay { get; init; }

    Origin? ICnnResult.Origin => Origin;

    internal Origin? Origin { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Layer} of {Model} by {Base}: {100 * Accuracy:F1} % [{100 * Lower:F1}, {100 * Upper:F1}]");
}
