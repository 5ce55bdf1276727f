namespace CnnVis;

/// <summary>
/// Error consistency (Geirhos, Meding and Wichmann 2020): whether two labelers err about the same pictures, beyond what their accuracies alone would give. κ = (c_obs − c_exp) / (1 − c_exp), where c_obs is the share of
/// pictures about which both are right or both wrong, and c_exp = p₁p₂ + (1 − p₁)(1 − p₂). With several conditions each number is the mean of theirs.
/// </summary>
/// <param name="Kappa">κ: 1 for the same errors, 0 for independent ones, less for errors that avoid each other.</param>
/// <param name="Observed">c_obs.</param>
/// <param name="Expected">c_exp.</param>
/// <param name="Lower">Lower end of κ's 95 % bootstrap interval over pictures (Klein et al. 2025).</param>
/// <param name="Upper">Upper end of it.</param>
/// <param name="Minimum">Least κ that these c_exp allow.</param>
/// <param name="Maximum">Greatest κ that they allow.</param>
/// <param name="NullLower">Lower end of the band into which κ falls 95 times of 100 for independent observers of these accuracies.</param>
/// <param name="NullUpper">Upper end of it.</param>
public sealed record ConsistencyEstimate(double Kappa, double Observed, double Expected, double Lower, double Upper, double Minimum, double Maximum, double NullLower, double NullUpper) : IComparable<ConsistencyEstimate>, IComparable
{
    /// <summary>Whether κ lies outside the band of independent observers.</summary>
    public bool IsBeyondChance => Kappa < NullLower || Kappa > NullUpper;

    /// <inheritdoc/>
    public int CompareTo(ConsistencyEstimate? other) => other is null ? 1 : Kappa.CompareTo(other.Kappa);

    /// <inheritdoc/>
    public int CompareTo(object? obj) => CompareTo(obj as ConsistencyEstimate);

    /// <summary>As in <c>.331 [.297, .364]</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Kappa:F3} [{Lower:F3}, {Upper:F3}]");

    /// <inheritdoc/>
    public static bool operator <(ConsistencyEstimate left, ConsistencyEstimate right) => left.CompareTo(right) < 0;

    /// <inheritdoc/>
    public static bool operator >(ConsistencyEstimate left, ConsistencyEstimate right) => left.CompareTo(right) > 0;

    /// <inheritdoc/>
    public static bool operator <=(ConsistencyEstimate left, ConsistencyEstimate right) => left.CompareTo(right) <= 0;

    /// <inheritdoc/>
    public static bool operator >=(ConsistencyEstimate left, ConsistencyEstimate right) => left.CompareTo(right) >= 0;
}
