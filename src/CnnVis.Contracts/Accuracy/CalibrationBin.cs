namespace CnnVis;

/// <summary>Pictures about which a network is about as sure.</summary>
/// <param name="Low">Least probability of the most probable class.</param>
/// <param name="High">Largest.</param>
/// <param name="Confidence">Mean.</param>
/// <param name="Accuracy">How many it is right about.</param>
public sealed record CalibrationBin(double Low, double High, double Confidence, RateEstimate Accuracy)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"confidence {100 * Confidence:F1} %: {Accuracy}");
}
