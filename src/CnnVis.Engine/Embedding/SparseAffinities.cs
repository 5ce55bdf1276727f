namespace CnnVis.Engine.Embedding;

/// <summary>
/// A sparse matrix of affinities by rows: entries <c>Starts[i]</c> up to <c>Starts[i + 1]</c> are row i's. Rows are filled up to a multiple of
/// <see cref="Alignment"/> with zeros that point at the row itself, so that vector loops need no remainder.
/// </summary>
/// <param name="Starts">[n + 1].</param>
/// <param name="Columns">The other point of each entry.</param>
/// <param name="Values">Its affinity; all of them sum to 1.</param>
public sealed record SparseAffinities(long[] Starts, int[] Columns, float[] Values)
{
    /// <summary>Entries that a row is a multiple of.</summary>
    public const int Alignment = 8;

    /// <summary>Points.</summary>
    public int Count => Starts.Length - 1;
}
