namespace CnnVis;

/// <summary>How accurate a network is in pictures of a class.</summary>
public sealed record ClassAccuracy : ICnnResult
{
    /// <summary>Output index.</summary>
    public required int Index { get; init; }

    /// <summary>The class.</summary>
    public required string Name { get; init; }

    /// <summary>Pictures that show it, by the first of their labels.</summary>
    public int Count => Top1.Total;

    /// <summary>Share of them whose most probable class is right: the class' recall.</summary>
    public required RateEstimate Top1 { get; init; }

    /// <summary>Share of them that have a right class among the k most probable.</summary>
    public required RateEstimate TopK { get; init; }

    /// <summary>Pictures that the network says show it.</summary>
    public required int PredictedCount { get; init; }

    /// <summary>Share of those that do; NaN where there are none.</summary>
    public required double Precision { get; init; }

    /// <summary>The wrong class that is said most often of its pictures; null where there is none.</summary>
    public required string? ConfusedWith { get; init; }

    Origin? ICnnResult.Origin => Origin;

    CnnQuestion? ICnnResult.Question => CnnQuestion.OfClass(Index);

    internal Origin? Origin { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Top1}";
}
