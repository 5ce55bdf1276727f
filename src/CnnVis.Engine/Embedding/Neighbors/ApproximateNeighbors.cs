using System.Runtime.CompilerServices;

namespace CnnVis.Engine.Embedding.Neighbors;

/// <summary>
/// Nearly all k nearest neighbours in nearly linear time: the nearest in the cells nearest to each point (<see cref="CellTree"/>, <see cref="CellNeighbors"/>; an inverted file as of Jégou, Douze and Schmid 2011, with cells of equal size), then neighbours of
/// neighbours, as LargeVis explores them (Tang et al. 2016), until hardly any are new. Every point is worked on by itself from what the step before left, so that the answer does not depend on the number of threads.
/// </summary>
public static class ApproximateNeighbors
{
    private const int Probes = 64, Explored = 24, Rounds = 3, Queries = 500, ChunkSize = 256;

    /// <summary>A round that changes fewer of the neighbours is the last one.</summary>
    private const double Settled = 0.1;

    /// <summary>Finds neighbours of every point among the others.</summary>
    /// <param name="points">[n, d]; finite, of about unit size.</param>
    /// <param name="size">k, from 1 to n − 1.</param>
    /// <param name="seed">Of the cells.</param>
    /// <param name="cancellation">Ends the search with an exception.</param>
    public static NeighborTable Find(PointMatrix points, int size, long seed = 0, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, points.Count - 1);
        int n = points.Count, d = points.Dimension;
        int[] order = CellTree.Order(points, CellNeighbors.CellSize, (ulong)seed, cancellation);
        var ordered = new PointMatrix(new float[(long)n * d], n, d);
        for (int i = 0; i < n; i++) points.Row(order[i]).CopyTo(ordered.Row(i));
        NeighborTable table = new CellNeighbors(ordered, size, Probes).Find(cancellation), next = new(size, new int[(long)n * size], new float[(long)n * size]);
        for (int round = 0; round < Rounds; round++)
        {
            long changed = Explore(ordered, table, next, cancellation);
            (table, next) = (next, table);
            if (changed < Settled * n * size) break;
        }
        Name(table, order, next);
        return next;
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

    /// <summary>Looks among the neighbours of each point's neighbours.</summary>
    /// <param name="points">[n, d].</param>
    /// <param name="table">What has been found.</param>
    /// <param name="next">What is found now; overwritten.</param>
    /// <param name="cancellation">Ends the search with an exception.</param>
    /// <returns>Neighbours that are new.</returns>
    private static long Explore(PointMatrix points, NeighborTable table, NeighborTable next, CancellationToken cancellation)
    {
        int n = points.Count, k = table.Size;
        long changed = 0;
        Parallel.For(0, (n + ChunkSize - 1) / ChunkSize, new ParallelOptions { CancellationToken = cancellation }, () => new Exploration(n, k), (chunk, _, exploration) =>
        {
            long here = 0;
            for (int i = chunk * ChunkSize; i < Math.Min(n, (chunk + 1) * ChunkSize); i++)
            {
                exploration.Run(points, table, i);
                here += exploration.Write(table, i, next.Indices.AsSpan(i * k, k), next.SquaredDistances.AsSpan(i * k, k));
            }
            Interlocked.Add(ref changed, here);
            return exploration;
        }, _ => { });
        return changed;
    }

    /// <summary>Puts rows and neighbours back to what the points are called.</summary>
    private static void Name(NeighborTable table, int[] names, NeighborTable named) => Parallel.For(0, table.Count, i =>
    {
        int k = table.Size;
        Span<int> to = named.Indices.AsSpan(names[i] * k, k);
        Span<float> squared = named.SquaredDistances.AsSpan(names[i] * k, k);
        for (int j = 0; j < k; j++) to[j] = names[table.Indices[i * k + j]];
        table.SquaredDistances.AsSpan(i * k, k).CopyTo(squared);
        NearestList.SortEquals(squared, to);
    });

    /// <summary>What one thread explores with.</summary>
    private sealed class Exploration(int count, int size)
    {
        private readonly int[] _seen = new int[count];
        private readonly float[] _distances = new float[Explored * Explored];
        private readonly int[] _indices = new int[Explored * Explored];
        private int _stamp, _found;

        /// <summary>Collects the neighbours' neighbours that are nearer than the last of a point's own.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(PointMatrix points, NeighborTable table, int point)
        {
            int near = Math.Min(size, Explored);
            (_stamp, _found) = (_stamp + 1, 0);
            _seen[point] = _stamp;
            ReadOnlySpan<int> own = table.Indices.AsSpan(point * size, size);
            foreach (int j in own) _seen[j] = _stamp;
            ReadOnlySpan<float> row = points.Row(point);
            float worst = table.SquaredDistances[point * size + size - 1];
            foreach (int j in own[..near])
            {
                foreach (int candidate in table.Indices.AsSpan(j * size, near))
                {
                    if (_seen[candidate] == _stamp) continue;
                    _seen[candidate] = _stamp;
                    float distance = (float)SquaredDistance.Of(row, points.Row(candidate));
                    if (distance >= worst) continue;
                    _distances[_found] = distance;
                    _indices[_found++] = candidate;
                }
            }
        }

        /// <summary>Merges a point's own neighbours and what was found, nearest first.</summary>
        /// <returns>How many of them were found.</returns>
        public int Write(NeighborTable table, int point, Span<int> indices, Span<float> distances)
        {
            ReadOnlySpan<int> own = table.Indices.AsSpan(point * size, size);
            ReadOnlySpan<float> squared = table.SquaredDistances.AsSpan(point * size, size);
            _distances.AsSpan(0, _found).Sort(_indices.AsSpan(0, _found));
            int b = 0;
            for (int to = 0, a = 0; to < size; to++)
                (distances[to], indices[to]) = b < _found && _distances[b] < squared[a] ? (_distances[b], _indices[b++]) : (squared[a], own[a++]);
            return b;
        }
    }
}
