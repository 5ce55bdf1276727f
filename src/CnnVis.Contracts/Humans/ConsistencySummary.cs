namespace CnnVis;

/// <summary>Error consistency of all pairs of a kind: between people, between people and networks, between networks. Means are over pairs and conditions.</summary>
/// <param name="Pairing">Which: Person-Person, Person-Network, Network-Network.</param>
/// <param name="Pairs">How many pairs.</param>
/// <param name="Values">How many pairs in how many conditions: what the means are over.</param>
/// <param name="Kappa">Mean κ.</param>
/// <param name="Lower">Lower end of its 95 % bootstrap interval over pictures, of these labelers.</param>
/// <param name="Upper">Upper end of it.</param>
/// <param name="Observed">Mean c_obs.</param>
/// <param name="Expected">Mean c_exp.</param>
/// <param name="BeyondChance">Pairs whose κ lies outside the band of independent observers.</param>
public sealed record ConsistencySummary(string Pairing, int Pairs, int Values, double Kappa, double Lower, double Upper, double Observed, double Expected, int BeyondChance)
{
    /// <summary>As in <c>.331 [.297, .364]</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Kappa:0.000;-0.000;0.000} [{Lower:0.000;-0.000;0.000}, {Upper:0.000;-0.000;0.000}]");
}
