namespace CnnVis.Engine.Statistics;

/// <summary>What two observers who saw the same trials got right: a 2 × 2 table.</summary>
/// <param name="Both">Trials that both got right.</param>
/// <param name="OnlyFirst">Trials that only the first got right.</param>
/// <param name="OnlySecond">Trials that only the second got right.</param>
/// <param name="Neither">Trials that neither got right.</param>
public readonly record struct PairTable(int Both, int OnlyFirst, int OnlySecond, int Neither)
{
    /// <summary>Trials.</summary>
    public int Count => Both + OnlyFirst + OnlySecond + Neither;

    /// <summary>Share that the first got right.</summary>
    public double First => (double)(Both + OnlyFirst) / Count;

    /// <summary>Share that the second got right.</summary>
    public double Second => (double)(Both + OnlySecond) / Count;

    /// <summary>The trials of both tables.</summary>
    public static PairTable operator +(PairTable left, PairTable right) =>
        new(left.Both + right.Both, left.OnlyFirst + right.OnlyFirst, left.OnlySecond + right.OnlySecond, left.Neither + right.Neither);
}
