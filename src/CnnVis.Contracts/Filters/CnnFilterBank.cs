namespace CnnVis;

/// <summary>All filters of one layer, as a sheet.</summary>
public sealed partial class CnnFilterBank : ICnnResult
{
    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>The layer's alias.</summary>
    public required string Layer { get; init; }

    /// <summary>The filters.</summary>
    public required IReadOnlyList<CnnFilter> Filters { get; init; }

    /// <summary>Share of the layer's energy that looks like white noise, in [0, 1]: about 0 for well-trained and 1 for random weights; NaN if undecided.</summary>
    public required double NoiseLevel { get; init; }

    /// <summary>The reading of <see cref="NoiseLevel"/>.</summary>
    public required FilterNoise Noise { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Layer} of {Model}: {Filters.Count} filters";

    Origin? ICnnResult.Origin => Origin;

    CnnQuestion? ICnnResult.Question => CnnQuestion.OfLayer(Layer);

    internal Origin? Origin { get; init; }
}
