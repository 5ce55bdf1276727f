using System.Runtime.CompilerServices;

namespace CnnVis.Engine.Embedding.Neighbors;

/// <summary>
/// The nearest of the points in the cells whose means are nearest to a query. Queries that lie together are searched together: each chooses its own cells among those near all of them, and a cell is scored for all queries that chose it, six at a
/// time, by the blocked products of <see cref="ExactNeighbors"/>.
/// </summary>
internal sealed unsafe class CellNeighbors
{
    /// <summary>Points of a cell; a multiple of <see cref="PackedPoints.Width"/>.</summary>
    public const int CellSize = 64;

    private const int Blocks = CellSize / PackedPoints.Width, Group = 2 * CellSize;

    /// <summary>Cells that queries choose from, for each that they choose.</summary>
    private const int Offered = 3;

    private readonly PointMatrix _points, _means;
    private readonly int _size, _probes, _offered;

    /// <param name="points">[n, d], cell by cell.</param>
    /// <param name="size">k, from 1 to n − 1.</param>
    /// <param name="probes">Cells that each query chooses.</param>
    public CellNeighbors(PointMatrix points, int size, int probes)
    {
        (_points, _size) = (points, size);
        int cells = (points.Count + CellSize - 1) / CellSize;
        // All of a query's cells together hold more than k other points.
        _probes = Math.Min(cells, Math.Max(probes, (size + 1 + CellSize - 1) / CellSize + 1));
        _offered = (int)Math.Min(cells, (long)Offered * _probes);
        _means = new PointMatrix(new float[(long)cells * points.Dimension], cells, points.Dimension);
        Parallel.For(0, cells, c => Mean(c * CellSize, Math.Min(points.Count, (c + 1) * CellSize), _means.Row(c)));
    }

    /// <summary>Finds them for every point.</summary>
    public NeighborTable Find(CancellationToken cancellation)
    {
        int n = _points.Count;
        var table = new NeighborTable(_size, new int[(long)n * _size], new float[(long)n * _size]);
        using var packed = new PackedPoints(_points);
        Parallel.For(0, (n + Group - 1) / Group, new ParallelOptions { CancellationToken = cancellation }, () => new Work(_size, _means.Count, _offered, _points.Dimension), (g, _, work) =>
        {
            Search(packed, g * Group, Math.Min(n, (g + 1) * Group), work);
            for (int q = g * Group; q < Math.Min(n, (g + 1) * Group); q++)
                ExactNeighbors.Take(work.Lists[q - g * Group], q, _size, skipSelf: true, table.Indices, table.SquaredDistances);
            return work;
        }, _ => { });
        return table;
    }

    private void Mean(int from, int to, Span<float> mean)
    {
        Span<double> sum = new double[mean.Length];
        for (int i = from; i < to; i++)
            for (int c = 0; c < mean.Length; c++) sum[c] += _points.Row(i)[c];
        for (int c = 0; c < mean.Length; c++) mean[c] = (float)(sum[c] / (to - from));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Search(PackedPoints packed, int from, int to, Work work)
    {
        Mean(from, to, work.Mean);
        ReadOnlySpan<int> offered = Nearest(work.Mean, work);
        foreach (List<int> choosing in work.Choosing) choosing.Clear();
        for (int q = from; q < to; q++)
        {
            work.Lists[q - from].Start(_points, _points, q);
            Choose(q, q - from, offered, work);
        }
        float** rows = stackalloc float*[ExactNeighbors.Queries];
        float* thresholds = stackalloc float[ExactNeighbors.Queries], scores = stackalloc float[ExactNeighbors.Queries * PackedPoints.Width];
        fixed (float* values = _points.Values)
        {
            for (int o = 0; o < offered.Length; o++)
            {
                List<int> choosing = work.Choosing[o];
                int first = offered[o] * Blocks, end = Math.Min(packed.BlockCount, first + Blocks);
                for (int q = 0; q < choosing.Count; q += ExactNeighbors.Queries)
                {
                    int used = Math.Min(ExactNeighbors.Queries, choosing.Count - q);
                    for (int i = 0; i < ExactNeighbors.Queries; i++)
                    {
                        int query = choosing[q + Math.Min(i, used - 1)];
                        rows[i] = values + (nint)(from + query) * _points.Dimension;
                        thresholds[i] = i < used ? work.Lists[query].Threshold : float.NegativeInfinity;
                    }
                    for (int block = first; block < end; block++)
                    {
                        if (!ExactNeighbors.Score(packed, block, rows, thresholds, scores)) continue;
                        for (int i = 0; i < used; i++) thresholds[i] = ExactNeighbors.Append(work.Lists[choosing[q + i]], scores + i * PackedPoints.Width, block * PackedPoints.Width);
                    }
                }
            }
        }
    }

    /// <summary>The cells nearest to the middle of a group, nearest first.</summary>
    private ReadOnlySpan<int> Nearest(ReadOnlySpan<float> middle, Work work)
    {
        NearestList list = work.Offered;
        list.Start();
        for (int c = 0; c < _means.Count; c++) list.Add((float)SquaredDistance.Of(middle, _means.Row(c)), c);
        list.Drain(work.Cells, work.Distances);
        return work.Cells;
    }

    /// <summary>Puts a query down at the cells nearest to it.</summary>
    private void Choose(int query, int place, ReadOnlySpan<int> offered, Work work)
    {
        ReadOnlySpan<float> row = _points.Row(query);
        Span<float> distances = work.Distances, sorted = work.Sorted;
        for (int o = 0; o < offered.Length; o++) distances[o] = (float)SquaredDistance.Of(row, _means.Row(offered[o]));
        distances.CopyTo(sorted);
        sorted.Sort();
        float limit = sorted[_probes - 1];
        int left = _probes;
        for (int o = 0; o < offered.Length && left > 0; o++)
        {
            if (distances[o] > limit) continue;
            work.Choosing[o].Add(place);
            left--;
        }
    }

    /// <summary>What one thread works with.</summary>
    private sealed class Work(int size, int cells, int offered, int dimension)
    {
        public NearestList[] Lists { get; } = [.. Enumerable.Range(0, Group).Select(_ => new NearestList(size + 1))];

        public NearestList Offered { get; } = new(Math.Min(cells, offered));

        public int[] Cells { get; } = new int[offered];

        public float[] Distances { get; } = new float[offered];

        public float[] Sorted { get; } = new float[offered];

        public List<int>[] Choosing { get; } = [.. Enumerable.Range(0, offered).Select(_ => new List<int>(Group))];

        public float[] Mean { get; } = new float[dimension];
    }
}
