namespace CnnVis;

/// <summary>Error consistency of two labelers under one condition.</summary>
/// <param name="Condition">How the pictures were shown.</param>
/// <param name="Count">Pictures that both answered.</param>
/// <param name="Kappa">κ.</param>
/// <param name="Observed">c_obs.</param>
/// <param name="Expected">c_exp.</param>
public sealed record ConditionConsistency(string Condition, int Count, double Kappa, double Observed, double Expected)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Condition}: kappa {Kappa:F3} of {Count}");
}
