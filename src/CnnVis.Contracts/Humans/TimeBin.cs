namespace CnnVis;

/// <summary>How often a labeler is right about pictures that took about as long.</summary>
/// <param name="From">Shortest time, in seconds.</param>
/// <param name="To">Longest time.</param>
/// <param name="Accuracy">Share of right answers.</param>
public sealed record TimeBin(double From, double To, RateEstimate Accuracy)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{From:0.##} to {To:0.##} s: {Accuracy}");
}
