namespace CnnVis;

/// <summary>A class and how probable the network finds it.</summary>
/// <param name="Index">Output index.</param>
/// <param name="Name">Class name.</param>
/// <param name="Probability">In [0, 1].</param>
public record ClassProbability(int Index, string Name, double Probability) : ICnnResult, IComparable
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name} {Probability:P1}");

    /// <summary>By the probability; of equal ones the lower index is less.</summary>
    int IComparable.CompareTo(object? obj) => obj is ClassProbability other ? (Probability, Index).CompareTo((other.Probability, other.Index)) : 1;

    Origin? ICnnResult.Origin => Origin;

    CnnQuestion? ICnnResult.Question => CnnQuestion.OfClass(Index);

    internal Origin? Origin { get; init; }
}
