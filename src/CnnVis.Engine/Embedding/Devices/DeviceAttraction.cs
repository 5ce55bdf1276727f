using static TorchSharp.torch;

namespace CnnVis.Engine.Embedding.Devices;

/// <summary>The forces that draw neighbours together: Σⱼ pᵢⱼ·(yᵢ − yⱼ) / (1 + |yᵢ − yⱼ|²) of every point. Works on segments of eight entries, as which rows of sparse affinities are laid out.</summary>
internal sealed class DeviceAttraction : IDisposable
{
    /// <summary>Segments that are worked on together.</summary>
    private const int ChunkSize = 1 << 19;

    /// <summary>Bits behind the point of a force: |d| / (1 + d²) ≤ ½ and Σp = 1, so that no sum reaches 1.</summary>
    private const int Bits = 62;

    private readonly Tensor _rows, _columns, _values; // [s], [s, 8], [s, 8]
    private readonly double _entropy; // Σ p·log p
    private readonly int _count;

    public DeviceAttraction(SparseAffinities affinities, Device device)
    {
        _count = affinities.Count;
        long[] rows = new long[affinities.Columns.LongLength / SparseAffinities.Alignment];
        for (int i = 0; i < _count; i++) rows.AsSpan((int)(affinities.Starts[i] / SparseAffinities.Alignment)..(int)(affinities.Starts[i + 1] / SparseAffinities.Alignment)).Fill(i);
        foreach (float p in affinities.Values) _entropy += p > 0 ? p * Math.Log(p) : 0;
        using var scope = NewDisposeScope();
        _rows = tensor(rows, [rows.Length], device: device).DetachFromDisposeScope();
        _columns = tensor(affinities.Columns, [rows.Length, SparseAffinities.Alignment], device: device).DetachFromDisposeScope();
        _values = tensor(affinities.Values, [rows.Length, SparseAffinities.Alignment], device: device).DetachFromDisposeScope();
    }

    /// <param name="map">[n, dimension].</param>
    /// <param name="forces">[n, dimension], overwritten.</param>
    public void Compute(Tensor map, Tensor forces)
    {
        using var scope = NewDisposeScope();
        Tensor sums = zeros(map.shape, ScalarType.Int64, map.device); // [n, dimension]
        ForChunks((from, to) =>
        {
            Tensor rows = _rows.slice(0, from, to, 1), apart = Apart(map, rows, from, to); // [s], [s, 8, dimension]
            Tensor pull = _values.slice(0, from, to, 1) / (1 + apart.square().sum([2L])); // [s, 8]
            FixedPoint.Add(sums, rows, (pull.unsqueeze(2) * apart).sum([1L]), Bits);
        });
        forces.copy_(FixedPoint.Value(sums, Bits));
    }

    /// <summary>Σ pᵢⱼ·log(pᵢⱼ·(1 + |yᵢ − yⱼ|²)); with the logarithm of the normaliser it is the divergence.</summary>
    public double Divergence(Tensor map)
    {
        double sum = _entropy;
        ForChunks((from, to) =>
        {
            Tensor apart = Apart(map, _rows.slice(0, from, to, 1), from, to);
            sum += (_values.slice(0, from, to, 1) * apart.square().sum([2L]).log1p()).sum().item<float>();
        });
        return sum;
    }

    public void Dispose()
    {
        _rows.Dispose();
        _columns.Dispose();
        _values.Dispose();
    }

    private Tensor Apart(Tensor map, Tensor rows, long from, long to)
    {
        Tensor there = map.index_select(0, _columns.slice(0, from, to, 1).flatten()).view(to - from, SparseAffinities.Alignment, map.shape[1]);
        return map.index_select(0, rows).unsqueeze(1) - there; // [s, 8, dimension]
    }

    private void ForChunks(Action<long, long> work)
    {
        for (long from = 0; from < _rows.shape[0]; from += ChunkSize)
        {
            using var scope = NewDisposeScope();
            work(from, Math.Min(_rows.shape[0], from + ChunkSize));
        }
    }
}
