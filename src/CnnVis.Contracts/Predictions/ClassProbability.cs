namespace CnnVis;

/// <summary>A class and how probable the network finds it.</summary>
/// <param name="Index">Output index.</param>
/// <param name="Name">Class name.</param>
/// <param name="Probability">In [0, 1].</param>
public record ClassProbability(int Index, string Name, double Probability) : ICnnResult
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name} {Probability:P1}");

    Origin? ICnnResult.Origin => Origin;

    CnnQuestion? ICnnResult.Question => CnnQuestion.OfClass(Index);

    internal Origin? Origin { get; init; }
}
