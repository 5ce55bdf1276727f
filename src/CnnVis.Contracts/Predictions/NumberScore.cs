namespace CnnVis;

/// <summary>A number of a network that is no probability, where results hold probabilities of classes.</summary>
/// <param name="Index">Which of the numbers.</param>
/// <param name="Name">Its name.</param>
/// <param name="Number">The number; <see cref="ClassProbability.Probability"/> holds it too.</param>
public sealed record NumberScore(int Index, string Name, double Number) : ClassProbability(Index, Name, Number)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name} {Number:G6}");
}
