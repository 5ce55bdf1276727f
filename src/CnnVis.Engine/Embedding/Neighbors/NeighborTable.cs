namespace CnnVis.Engine.Embedding.Neighbors;

/// <summary>The k nearest other points of every point, nearest first; equals by lowest index.</summary>
/// <param name="Size">k.</param>
/// <param name="Indices">[n, k].</param>
/// <param name="SquaredDistances">[n, k], Euclidean, never negative.</param>
public sealed record NeighborTable(int Size, int[] Indices, float[] SquaredDistances)
{
    /// <summary>Points.</summary>
    public int Count => Size == 0 ? 0 : Indices.Length / Size;
}
