namespace CnnVis;

/// <summary>How well a network tells the pictures that have a label from those that have not, where labels may hold together.</summary>
public sealed record LabelAccuracy : ICnnResult
{
    /// <summary>Output index.</summary>
    public required int Index { get; init; }

    /// <summary>The label.</summary>
    public required string Name { get; init; }

    /// <summary>Pictures that have it.</summary>
    public required int Count { get; init; }

    /// <summary>AP: the precision at each recall, Σ (Rₙ − Rₙ₋₁) Pₙ over the thresholds, the most probable first (Everingham et al. 2010, section 4.2, without interpolation); NaN where no picture has the label.</summary>
    public required double AveragePrecision { get; init; }

    /// <summary>Pictures of which the network says it: with a probability of at least ½.</summary>
    public required int PredictedCount { get; init; }

    /// <summary>Share of those that have it; NaN where there are none.</summary>
    public required double Precision { get; init; }

    /// <summary>Share of the pictures that have it of which it is said; NaN where there are none.</summary>
    public required double Recall { get; init; }

    /// <summary>2 · right / (said + shown); NaN where it is neither said nor shown.</summary>
    public required double F1 { get; init; }

    Origin? ICnnResult.Origin => Origin;

    CnnQuestion? ICnnResult.Question => CnnQuestion.OfClass(Index);

    internal Origin? Origin { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name}: average precision {100 * AveragePrecision:F1} % of {Count}");
}
