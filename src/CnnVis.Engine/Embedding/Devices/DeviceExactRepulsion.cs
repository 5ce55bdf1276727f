using static TorchSharp.torch;

namespace CnnVis.Engine.Embedding.Devices;

/// <summary>All pairs, as many rows of them at a time as a device holds easily: O(n²).</summary>
internal sealed class DeviceExactRepulsion : IDeviceRepulsion
{
    /// <summary>Pairs that are worked on together.</summary>
    private const long BlockSize = 1 << 24;

    public double Compute(Tensor map, Tensor forces)
    {
        long n = map.shape[0], dimension = map.shape[1], rows = Math.Clamp(BlockSize / n, 1, n);
        double normalizer = 0;
        for (long from = 0; from < n; from += rows)
        {
            using var scope = NewDisposeScope();
            long to = Math.Min(n, from + rows);
            Tensor[] apart = [.. Enumerable.Range(0, (int)dimension).Select(c => map.select(1, c)).Select(axis => axis.slice(0, from, to, 1).unsqueeze(1) - axis.unsqueeze(0))]; // each [rows, n]
            Tensor q = 1 / apart.Aggregate(ones([1], device: map.device), (sum, d) => sum + d.square()), square = q.square(); // [rows, n]
            forces.slice(0, from, to, 1).copy_(stack(apart.Select(d => (square * d).sum([1L])), 1));
            normalizer += q.sum().item<float>();
        }
        return normalizer - n; // each point meets itself once, at distance 0
    }

    public void Dispose()
    {
    }
}
