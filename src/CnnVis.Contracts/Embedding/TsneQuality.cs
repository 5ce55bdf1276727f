namespace CnnVis;

/// <summary>How far the neighbourhoods of a map are those of the codes.</summary>
public sealed record TsneQuality
{
    /// <summary>Neighbours looked at, k; fewer than asked for in small maps, where it stays below half of the points.</summary>
    public required int Neighbors { get; init; }

    /// <summary>Points whose neighbours were looked at: all of them, or an evenly spaced sample.</summary>
    public required int Sample { get; init; }

    /// <summary>
    /// Trustworthiness T(k) (Venna and Kaski 2001): 1 where every k-neighbour in the map is one among the codes, less the farther it is there; about 0.5 for a
    /// random map.
    /// </summary>
    public required double Trustworthiness { get; init; }

    /// <summary>Share of the codes' k nearest neighbours that are k-neighbours in the map too, 0 to 1.</summary>
    public required double NeighborPreservation { get; init; }

    /// <summary>Share of the labelled points whose nearest labelled other point in the map has their label; null where there are not two different labels.</summary>
    public required double? LabelAccuracy { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"trust {Trustworthiness:F3}, preservation {NeighborPreservation:F3} of {Neighbors} neighbours{(LabelAccuracy is { } labels ? FormattableString.Invariant($", labels {100 * labels:F1} %") : "")}");
}
