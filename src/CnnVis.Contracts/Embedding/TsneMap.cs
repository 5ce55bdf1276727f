namespace CnnVis;

/// <summary>Codes laid out so that near ones stay near (van der Maaten and Hinton 2008).</summary>
public sealed partial class TsneMap
{
    /// <summary>The codes with their places, in the order of the input.</summary>
    public required CnnItems<TsnePoint> Points { get; init; }

    /// <summary>Numbers of a place, 1 to 3.</summary>
    public required int Dimension { get; init; }

    /// <summary>Perplexity used; lower than asked for where there are too few points.</summary>
    public required double Perplexity { get; init; }

    /// <summary>Steps done; fewer than asked for where it was stopped.</summary>
    public required int Iterations { get; init; }

    /// <summary>Kullback–Leibler divergence reached, in nats.</summary>
    public required double Divergence { get; init; }

    /// <summary>Share of the true nearest neighbours that an approximate search found, 0 to 1; null where the search was exact.</summary>
    public double? NeighborRecall { get; init; }

    /// <summary>How far the neighbourhoods of the map are those of the codes; null where that was not measured.</summary>
    public TsneQuality? Quality { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"map of {Points.Count} codes in {Dimension} {(Dimension == 1 ? "dimension" : "dimensions")}";
}
