namespace CnnVis.Engine.Embedding.Neighbors;

/// <summary>
/// Nearly all k nearest neighbours in nearly linear time, as LargeVis finds them (Tang et al. 2016): exact search within the leaves of several random projection
/// trees, then neighbours of neighbours. Every point is worked on by itself from what the step before left, so that the answer does not depend on the number of threads.
/// </summary>
public static class ApproximateNeighbors
{
    private const int Trees = 8, LeafSize = 1024, Rounds = 2, Explored = 24, Queries = 500;

    /// <summary>Finds neighbours of every point among the others.</summary>
    /// <param name="points">[n, d]; finite.</param>
    /// <param name="size">k, from 1 to n − 1.</param>
    /// <param name="seed">Of the trees.</param>
    /// <param name="cancellation">Ends the search with an exception.</param>
    public static NeighborTable Find(PointMatrix points, int size, long seed = 0, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, points.Count - 1);
        var table = new NeighborTable(size, new int[(long)points.Count * size], new float[(long)points.Count * size]);
        Array.Fill(table.Indices, -1);
        Array.Fill(table.SquaredDistances, float.PositiveInfinity);
        int leaf = Math.Max(LeafSize, 2 * size + 2);
        for (int tree = 0; tree < Trees; tree++)
            Parallel.ForEach(new ProjectionTree(points, leaf, HashCode(seed, tree)).Leaves, new ParallelOptions { CancellationToken = cancellation }, members => SearchLeaf(points, members, table));
        for (int round = 0; round < Rounds; round++) table = Explore(points, table, cancellation);
        return table;
    }

    /// <summary>Share of the true neighbours that a table has, by exact search for an evenly spaced sample of points.</summary>
    public static double Recall(PointMatrix points, NeighborTable table, CancellationToken cancellation = default)
    {
        int k = table.Size, count = Math.Min(Queries, points.Count);
        int[] queries = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * points.Count / count))];
        var sample = new PointMatrix([.. queries.SelectMany(q => points.Row(q).ToArray())], count, points.Dimension);
        NeighborTable exact = ExactNeighbors.Find(points, sample, k + 1, cancellation);
        long found = 0;
        for (int q = 0; q < count; q++)
        {
            var have = table.Indices.AsSpan(queries[q] * k, k).ToArray().ToHashSet();
            found += exact.Indices.AsSpan(q * (k + 1), k + 1).ToArray().Where(j => j != queries[q]).Take(k).Count(have.Contains);
        }
        return (double)found / ((double)count * k);
    }

    private static ulong HashCode(long seed, int tree) => (ulong)seed * 0x9E3779B97F4A7C15 + (ulong)tree + 1;

    private static void SearchLeaf(PointMatrix points, int[] members, NeighborTable table)
    {
        int k = table.Size, d = points.Dimension;
        float[] values = new float[members.Length * d];
        for (int i = 0; i < members.Length; i++) points.Row(members[i]).CopyTo(values.AsSpan(i * d));
        NeighborTable found = ExactNeighbors.Find(new PointMatrix(values, members.Length, d), Math.Min(k, members.Length - 1));
        var list = new MergedList(k);
        for (int i = 0; i < members.Length; i++)
        {
            list.Start(table, members[i]);
            for (int j = 0; j < found.Size; j++) list.Offer(found.SquaredDistances[i * found.Size + j], members[found.Indices[i * found.Size + j]]);
            list.Write(table, members[i]);
        }
    }

    private static NeighborTable Explore(PointMatrix points, NeighborTable table, CancellationToken cancellation)
    {
        int k = table.Size, near = Math.Min(k, Explored), n = points.Count;
        var next = new NeighborTable(k, new int[table.Indices.LongLength], new float[table.Indices.LongLength]);
        Parallel.For(0, (n + 255) / 256, new ParallelOptions { CancellationToken = cancellation }, () => (new MergedList(k), new HashSet<int>()), (chunk, _, state) =>
        {
            var (list, seen) = state;
            for (int i = chunk * 256; i < Math.Min(n, (chunk + 1) * 256); i++)
            {
                seen.Clear();
                seen.Add(i);
                ReadOnlySpan<int> own = table.Indices.AsSpan(i * k, k);
                foreach (int j in own) seen.Add(j);
                list.Start(table, i);
                foreach (int j in own[..near])
                {
                    if (j < 0) continue;
                    foreach (int candidate in table.Indices.AsSpan(j * k, near))
                        if (candidate >= 0 && seen.Add(candidate)) list.Offer((float)SquaredDistance.Of(points.Row(i), points.Row(candidate)), candidate);
                }
                list.Write(next, i);
            }
            return state;
        }, _ => { });
        return next;
    }
}
