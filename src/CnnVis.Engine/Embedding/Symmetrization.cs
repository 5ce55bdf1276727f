using System.Runtime.CompilerServices;
using CnnVis.Engine.Embedding.Neighbors;

namespace CnnVis.Engine.Embedding;

/// <summary>Joint affinities pᵢⱼ = (p(j|i) + p(i|j)) / 2n (van der Maaten and Hinton 2008, §3.1), sparse.</summary>
public static class Symmetrization
{
    /// <param name="neighbors">Whose rows.</param>
    /// <param name="rows">Conditional affinities [n, k].</param>
    /// <param name="cancellation">Ends it with an exception.</param>
    public static SparseAffinities Join(NeighborTable neighbors, float[] rows, CancellationToken cancellation = default) => Take((int[])neighbors.Indices.Clone(), (float[])rows.Clone(), neighbors.Size, cancellation);

    /// <summary>As <see cref="Join"/>, of arrays that are sorted in place.</summary>
    /// <param name="columns">Neighbours, [n, k].</param>
    /// <param name="rows">Conditional affinities, [n, k].</param>
    /// <param name="k">Neighbours of each.</param>
    /// <param name="cancellation">Ends it with an exception.</param>
    internal static SparseAffinities Take(int[] columns, float[] rows, int k, CancellationToken cancellation)
    {
        int n = columns.Length / k;
        var options = new ParallelOptions { CancellationToken = cancellation };
        Parallel.For(0, n, options, i => columns.AsSpan(i * k, k).Sort(rows.AsSpan(i * k, k)));
        var (starts, entries) = Transposed(columns, k);
        long[] lengths = new long[n + 1];
        Parallel.For(0, n, options, i =>
        {
            int merged = Merge(columns.AsSpan(i * k, k), rows, i * k, entries.AsSpan(starts[i]..starts[i + 1]), [], [], 0);
            lengths[i + 1] = (merged + SparseAffinities.Alignment - 1) / SparseAffinities.Alignment * SparseAffinities.Alignment;
        });
        for (int i = 0; i < n; i++) lengths[i + 1] += lengths[i];
        var joint = new SparseAffinities(lengths, new int[lengths[n]], new float[lengths[n]]);
        float scale = 1f / (2f * n);
        Parallel.For(0, n, options, i =>
        {
            int length = (int)(lengths[i + 1] - lengths[i]);
            Span<int> to = joint.Columns.AsSpan((int)lengths[i], length);
            to.Fill(i);
            Merge(columns.AsSpan(i * k, k), rows, i * k, entries.AsSpan(starts[i]..starts[i + 1]), to, joint.Values.AsSpan((int)lengths[i], length), scale);
        });
        return joint;
    }

    /// <summary>Entries of a table by their column; within one they ascend, and so do their rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (int[] Starts, int[] Entries) Transposed(int[] columns, int k)
    {
        int[] starts = new int[columns.Length / k + 1];
        foreach (int column in columns) starts[column + 1]++;
        for (int i = 1; i < starts.Length; i++) starts[i] += starts[i - 1];
        int[] next = starts[..^1], entries = new int[columns.Length];
        for (int e = 0; e < columns.Length; e++) entries[next[columns[e]]++] = e;
        return (starts, entries);
    }

    /// <summary>Merges a row's ascending columns and the ascending rows of entries, adding what has the same; counts only where there is nowhere to write.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Merge(ReadOnlySpan<int> own, float[] rows, int first, ReadOnlySpan<int> entries, Span<int> to, Span<float> values, float scale)
    {
        int count = 0, k = own.Length;
        for (int i = 0, j = 0; i < k || j < entries.Length; count++)
        {
            int other = j < entries.Length ? entries[j] / k : int.MaxValue, column = i < k ? Math.Min(own[i], other) : other;
            float value = 0;
            if (i < k && own[i] == column) value += rows[first + i++];
            if (other == column) value += rows[entries[j++]];
            if (to.IsEmpty) continue;
            to[count] = column;
            values[count] = value * scale;
        }
        return count;
    }
}
