using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CnnVis.Engine.Embedding.Neighbors;

/// <summary>
/// Exact k nearest neighbours: every pair's distance by blocked, fused dot products (six queries × 32 points held in registers), and a threshold a
/// query that lets hardly any candidate through. O(n²·d) time, memory linear in n. The answer does not depend on the number of threads.
/// </summary>
public static unsafe class ExactNeighbors
{
    /// <summary>Queries that are scored together.</summary>
    internal const int Queries = 6;

    /// <summary>Blocks that stay in the second-level cache while many queries pass over them.</summary>
    private const int CachedFloats = 100_000;

    /// <summary>Finds the neighbours of every point among the others.</summary>
    /// <param name="points">[n, d]; finite, of about unit size. Centred points are searched quickest.</param>
    /// <param name="size">k, from 1 to n − 1.</param>
    /// <param name="cancellation">Ends the search with an exception.</param>
    public static NeighborTable Find(PointMatrix points, int size, CancellationToken cancellation = default) => Find(points, points, size, skipSelf: true, cancellation);

    /// <summary>Finds the neighbours of queries among other points.</summary>
    /// <param name="points">[n, d].</param>
    /// <param name="queries">[m, d].</param>
    /// <param name="size">k, from 1 to n.</param>
    /// <param name="cancellation">Ends the search with an exception.</param>
    public static NeighborTable Find(PointMatrix points, PointMatrix queries, int size, CancellationToken cancellation = default) => Find(points, queries, size, skipSelf: false, cancellation);

    private static NeighborTable Find(PointMatrix points, PointMatrix queries, int size, bool skipSelf, CancellationToken cancellation)
    {
        int available = points.Count - (skipSelf ? 1 : 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, available);
        int[] indices = new int[(long)queries.Count * size];
        float[] distances = new float[indices.LongLength];
        using var packed = new PackedPoints(points);
        // Large groups reuse each cached block most; small ones keep all threads busy.
        int group = Math.Clamp(queries.Count / (4 * Environment.ProcessorCount) / Queries * Queries, Queries, 64 * Queries);
        int groups = (queries.Count + group - 1) / group;
        var options = new ParallelOptions { CancellationToken = cancellation };
        Parallel.For(0, groups, options, () => NewLists(group, skipSelf ? size + 1 : size), (g, _, lists) =>
        {
            int first = g * group, count = Math.Min(group, queries.Count - first);
            for (int q = 0; q < count; q++) lists[q].Start(points, queries, first + q);
            Search(packed, queries, first, count, lists, cancellation);
            for (int q = 0; q < count; q++) Take(lists[q], first + q, size, skipSelf, indices, distances);
            return lists;
        }, _ => { });
        return new NeighborTable(size, indices, distances);
    }

    private static NearestList[] NewLists(int count, int size)
    {
        var lists = new NearestList[count];
        for (int i = 0; i < count; i++) lists[i] = new NearestList(size);
        return lists;
    }

    internal static void Take(NearestList list, int query, int size, bool skipSelf, int[] indices, float[] distances)
    {
        Span<int> to = indices.AsSpan(query * size, size);
        Span<float> squared = distances.AsSpan(query * size, size);
        if (!skipSelf)
        {
            list.Drain(to, squared);
            return;
        }
        Span<int> found = stackalloc int[size + 1];
        Span<float> scores = stackalloc float[size + 1];
        list.Drain(found, scores);
        // Itself is usually first; duplicates of it may come before, and more than k of them push it out.
        int self = found.IndexOf(query);
        if (self < 0) self = size;
        found[..self].CopyTo(to);
        found[(self + 1)..].CopyTo(to[self..]);
        scores[..self].CopyTo(squared);
        scores[(self + 1)..].CopyTo(squared[self..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Search(PackedPoints packed, PointMatrix queries, int first, int count, NearestList[] lists, CancellationToken cancellation)
    {
        int chunk = Math.Max(1, CachedFloats / packed.BlockLength);
        float** rows = stackalloc float*[Queries];
        float* thresholds = stackalloc float[Queries], scores = stackalloc float[Queries * PackedPoints.Width];
        fixed (float* values = queries.Values)
        {
            for (int from = 0; from < packed.BlockCount; from += chunk)
            {
                cancellation.ThrowIfCancellationRequested();
                int to = Math.Min(packed.BlockCount, from + chunk);
                for (int q = 0; q < count; q += Queries)
                {
                    int used = Math.Min(Queries, count - q);
                    for (int i = 0; i < Queries; i++)
                    {
                        rows[i] = values + (nint)(first + q + Math.Min(i, used - 1)) * queries.Dimension;
                        thresholds[i] = i < used ? lists[q + i].Threshold : float.NegativeInfinity;
                    }
                    for (int block = from; block < to; block++)
                    {
                        if (!Score(packed, block, rows, thresholds, scores)) continue;
                        for (int i = 0; i < used; i++) thresholds[i] = Append(lists[q + i], scores + i * PackedPoints.Width, block * PackedPoints.Width);
                    }
                }
            }
        }
    }

    /// <summary>
    /// Scores one block of 32 points for six queries; 12 accumulators stay in registers, which is why nothing is called here. Whether any score is below
    /// its query's threshold: only then are the scores written.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool Score(PackedPoints packed, int block, float** rows, float* thresholds, float* scores)
    {
        float* p = packed.Block(block);
        Vector512<float> low = Vector512.Load(p), high = Vector512.Load(p + 16);
        Vector512<float> a0 = low, a1 = low, a2 = low, a3 = low, a4 = low, a5 = low;
        Vector512<float> b0 = high, b1 = high, b2 = high, b3 = high, b4 = high, b5 = high;
        float* r0 = rows[0], r1 = rows[1], r2 = rows[2], r3 = rows[3], r4 = rows[4], r5 = rows[5];
        for (int c = 0; c < packed.Dimension; c++)
        {
            p += PackedPoints.Width;
            Vector512<float> left = Vector512.Load(p), right = Vector512.Load(p + 16);
            Vector512<float> w = Vector512.Create(r0[c]);
            a0 = Vector512.FusedMultiplyAdd(w, left, a0);
            b0 = Vector512.FusedMultiplyAdd(w, right, b0);
            w = Vector512.Create(r1[c]);
            a1 = Vector512.FusedMultiplyAdd(w, left, a1);
            b1 = Vector512.FusedMultiplyAdd(w, right, b1);
            w = Vector512.Create(r2[c]);
            a2 = Vector512.FusedMultiplyAdd(w, left, a2);
            b2 = Vector512.FusedMultiplyAdd(w, right, b2);
            w = Vector512.Create(r3[c]);
            a3 = Vector512.FusedMultiplyAdd(w, left, a3);
            b3 = Vector512.FusedMultiplyAdd(w, right, b3);
            w = Vector512.Create(r4[c]);
            a4 = Vector512.FusedMultiplyAdd(w, left, a4);
            b4 = Vector512.FusedMultiplyAdd(w, right, b4);
            w = Vector512.Create(r5[c]);
            a5 = Vector512.FusedMultiplyAdd(w, left, a5);
            b5 = Vector512.FusedMultiplyAdd(w, right, b5);
        }
        Vector512<float> below = Below(a0, b0, thresholds[0]) | Below(a1, b1, thresholds[1]) | Below(a2, b2, thresholds[2])
            | Below(a3, b3, thresholds[3]) | Below(a4, b4, thresholds[4]) | Below(a5, b5, thresholds[5]);
        if (below.ExtractMostSignificantBits() == 0) return false;
        Store(a0, b0, scores);
        Store(a1, b1, scores + PackedPoints.Width);
        Store(a2, b2, scores + 2 * PackedPoints.Width);
        Store(a3, b3, scores + 3 * PackedPoints.Width);
        Store(a4, b4, scores + 4 * PackedPoints.Width);
        Store(a5, b5, scores + 5 * PackedPoints.Width);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Below(Vector512<float> low, Vector512<float> high, float threshold) =>
        Vector512.LessThan(Vector512.MinNative(low, high), Vector512.Create(threshold));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> low, Vector512<float> high, float* to)
    {
        low.Store(to);
        high.Store(to + 16);
    }

    /// <summary>Adds what is below the list's threshold of a block's scores.</summary>
    /// <returns>The threshold from now on.</returns>
    internal static float Append(NearestList list, float* scores, int index)
    {
        Vector512<float> threshold = Vector512.Create(list.Threshold);
        ulong mask = Vector512.LessThan(Vector512.Load(scores), threshold).ExtractMostSignificantBits() | Vector512.LessThan(Vector512.Load(scores + 16), threshold).ExtractMostSignificantBits() << 16;
        for (; mask != 0; mask &= mask - 1)
        {
            int lane = BitOperations.TrailingZeroCount(mask);
            list.Add(scores[lane], index + lane);
        }
        return list.Threshold;
    }
}
