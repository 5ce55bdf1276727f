namespace CnnVis;

/// <summary>A class and how probable the network finds it.</summary>
/// <param name="Index">Output index.</param>
/// <param name="Name">Class name.</param>
/// <param name="Probability">In [0, 1].</param>
public sealed record ClassProbability(int Index, string Name, double Probability)
{
    /// <summary>Whether <see cref="Probability"/> is a number of the network that is no probability.</summary>
    public bool IsNumber { get; init; }

    /// <inheritdoc/>
    public override string ToString() => IsNumber ? FormattableString.Invariant($"{Name} {Probability:G6}") : FormattableString.Invariant($"{Name} {Probability:P1}");
}
