namespace CnnVis;

/// <summary>How far two taggers agree about a type of error.</summary>
/// <param name="First">One tagger.</param>
/// <param name="Second">The other.</param>
/// <param name="Type">The type of error.</param>
/// <param name="Count">Errors that both tagged.</param>
/// <param name="Agreement">Share of those about which they say the same, in [0, 1].</param>
/// <param name="Kappa">Cohen's κ of that.</param>
public sealed record TaggerAgreement(string First, string Second, string Type, int Count, double Agreement, double Kappa)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{First} and {Second}, {Type}: kappa {Kappa:F3}");
}
