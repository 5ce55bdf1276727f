namespace CnnVis;

/// <summary>A point of an insertion or deletion curve.</summary>
/// <param name="Share">Share of the pixels that were inserted or deleted, in [0, 1].</param>
/// <param name="Score">The score of the class then.</param>
public sealed record SaliencyCurvePoint(double Share, double Score)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Score:G4} at {100 * Share:0.#} %");
}
