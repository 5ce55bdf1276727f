using System.Runtime.CompilerServices;
using CnnVis.Engine.Embedding.Neighbors;

namespace CnnVis.Engine.Embedding;

/// <summary>Joint affinities pᵢⱼ = (p(j|i) + p(i|j)) / 2n (van der Maaten and Hinton 2008, §3.1), sparse.</summary>
public static class Symmetrization
{
    /// <param name="neighbors">Whose rows.</param>
    /// <param name="rows">Conditional affinities [n, k].</param>
    /// <param name="cancellation">Ends it with an exception.</param>
    public static SparseAffinities Join(NeighborTable neighbors, float[] rows, CancellationToken cancellation = default)
    {
        int n = neighbors.Count, k = neighbors.Size;
        var options = new ParallelOptions { CancellationToken = cancellation };
        var (starts, sources, values) = Transposed(neighbors, rows);
        int[] columns = (int[])neighbors.Indices.Clone();
        float[] own = (float[])rows.Clone();
        long[] lengths = new long[n + 1];
        Parallel.For(0, n, options, i =>
        {
            columns.AsSpan(i * k, k).Sort(own.AsSpan(i * k, k));
            int merged = Merge(columns.AsSpan(i * k, k), own.AsSpan(i * k, k), sources.AsSpan(starts[i]..starts[i + 1]), values.AsSpan(starts[i]..starts[i + 1]), [], [], 0);
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
            Merge(columns.AsSpan(i * k, k), own.AsSpan(i * k, k), sources.AsSpan(starts[i]..starts[i + 1]), values.AsSpan(starts[i]..starts[i + 1]), to, joint.Values.AsSpan((int)lengths[i], length), scale);
        });
        return joint;
    }

    /// <summary>Entries by their column; within one, sources ascend.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (int[] Starts, int[] Sources, float[] Values) Transposed(NeighborTable neighbors, float[] rows)
    {
        int n = neighbors.Count, k = neighbors.Size;
        int[] starts = new int[n + 1];
        foreach (int column in neighbors.Indices) starts[column + 1]++;
        for (int i = 0; i < n; i++) starts[i + 1] += starts[i];
        int[] next = starts[..n], sources = new int[rows.Length];
        float[] values = new float[rows.Length];
        for (int i = 0; i < n; i++)
        {
            for (int e = i * k; e < (i + 1) * k; e++)
            {
                int at = next[neighbors.Indices[e]]++;
                sources[at] = i;
                values[at] = rows[e];
            }
        }
        return (starts, sources, values);
    }

    /// <summary>Merges two ascending lists, adding what has the same column; counts only where there is nowhere to write.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Merge(ReadOnlySpan<int> a, ReadOnlySpan<float> va, ReadOnlySpan<int> b, ReadOnlySpan<float> vb, Span<int> to, Span<float> values, float scale)
    {
        int count = 0;
        for (int i = 0, j = 0; i < a.Length || j < b.Length; count++)
        {
            int column = i < a.Length && (j >= b.Length || a[i] <= b[j]) ? a[i] : b[j];
            float value = 0;
            if (i < a.Length && a[i] == column) value += va[i++];
            if (j < b.Length && b[j] == column) value += vb[j++];
            if (to.IsEmpty) continue;
            to[count] = column;
            values[count] = value * scale;
        }
        return count;
    }
}
