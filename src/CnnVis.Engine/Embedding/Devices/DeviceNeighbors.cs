using CnnVis.Engine.Embedding.Neighbors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Embedding.Devices;

/// <summary>
/// The k nearest neighbours of every point by blocked matrix products on a device: scores |x|² − 2·q·x of all pairs, of which each query keeps somewhat more than k, and distances of those anew by differences. All in
/// float32: the answer is exact where the scores' rounding, of 10⁻⁷ of the squared norms, does not put a neighbour behind the spare ones.
/// </summary>
internal static class DeviceNeighbors
{
    private const int ColumnBlock = 1 << 17;

    /// <summary>Numbers of a block of scores, and of a block of differences.</summary>
    private const long BlockSize = 1 << 26;

    /// <param name="points">[n, d]; finite, centred, of about unit size.</param>
    /// <param name="size">k, from 1 to n − 1.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="cancellation">Ends the search with an exception.</param>
    public static NeighborTable Find(PointMatrix points, int size, Device device, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, points.Count - 1);
        int n = points.Count, kept = Math.Min(n - 1, size + size / 2 + 16);
        int[] indices = new int[(long)n * size];
        float[] distances = new float[indices.LongLength];
        using var scope = NewDisposeScope();
        Tensor x = tensor(points.Values, [n, points.Dimension], device: device), norms = x.square().sum([1L]); // [n, d], [n]
        int rows = (int)Math.Clamp(Math.Min(BlockSize / Math.Min(n, ColumnBlock), BlockSize / ((long)kept * points.Dimension)), 1, n);
        for (int from = 0; from < n; from += rows)
        {
            cancellation.ThrowIfCancellationRequested();
            using var block = NewDisposeScope();
            int to = Math.Min(n, from + rows);
            Tensor queries = x.slice(0, from, to, 1), candidates = Candidates(x, norms, queries, from, kept, cancellation).sort(1).Values; // [m, kept], by index
            Tensor apart = x.index_select(0, candidates.flatten()).view(to - from, kept, points.Dimension) - queries.unsqueeze(1);
            var (squared, order) = apart.square().sum([2L]).sort(1, stable: true);
            candidates.gather(1, order).slice(1, 0, size, 1).to(ScalarType.Int32).contiguous().cpu().data<int>().CopyTo(indices.AsSpan(from * size));
            squared.slice(1, 0, size, 1).contiguous().cpu().data<float>().CopyTo(distances.AsSpan(from * size));
        }
        return new NeighborTable(size, indices, distances);
    }

    /// <summary>The points of the lowest scores, the query itself left out: [m, kept].</summary>
    private static Tensor Candidates(Tensor x, Tensor norms, Tensor queries, int first, int kept, CancellationToken cancellation)
    {
        long n = x.shape[0], rows = queries.shape[0];
        Tensor? best = null, places = null;
        for (long from = 0; from < n; from += ColumnBlock)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            long to = Math.Min(n, from + ColumnBlock);
            Tensor scores = norms.slice(0, from, to, 1).unsqueeze(0).addmm(queries, x.slice(0, from, to, 1).t(), 1, -2); // [m, columns]
            if (first < to && first + rows > from) scores.diagonal(first - from).fill_(float.PositiveInfinity);
            var (low, at) = scores.topk((int)Math.Min(kept, to - from), 1, largest: false, sorted: false);
            at = at + from;
            if (best is not null)
            {
                (low, at) = (cat([best, low], 1), cat([places!, at], 1));
                (low, Tensor chosen) = low.topk((int)Math.Min(kept, low.shape[1]), 1, largest: false, sorted: false);
                at = at.gather(1, chosen);
            }
            (best, places) = (low.MoveToOuterDisposeScope(), at.MoveToOuterDisposeScope());
        }
        return places!;
    }
}
