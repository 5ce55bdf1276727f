namespace CnnVis;

/// <summary>A point of a labeler's learning curve.</summary>
/// <param name="Trial">Pictures answered so far, from 1; training is not counted.</param>
/// <param name="CumulativeError">Share of wrong answers so far, in [0, 1].</param>
/// <param name="WindowError">Share of wrong answers among the last 50, or as many as there are.</param>
/// <param name="Seconds">Time that this picture took; null where it was not measured.</param>
public sealed record LearningPoint(int Trial, double CumulativeError, double WindowError, double? Seconds)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"trial {Trial}: {100 * CumulativeError:F1} % wrong so far");
}
