using CnnVis.Engine.Embedding.Forces;
using static TorchSharp.torch;

namespace CnnVis.Engine.Embedding.Devices;

/// <summary>Repulsion by a potential on a grid, as <see cref="FourierRepulsion"/> computes it: charges are spread by quintic B-splines, convolved with 1 / (1 + r²) − 1 by libtorch's Fourier transforms, and gathered.</summary>
internal sealed class DeviceFourierRepulsion : IDeviceRepulsion
{
    /// <summary>Points that are spread or gathered together.</summary>
    private const int ChunkSize = 1 << 18;

    /// <summary>Bits behind the point of a charge: a point weighs less than ½ on a node, so that 2²⁶ points fit.</summary>
    private const int Bits = 37;

    private readonly int _dimension;
    private readonly Tensor _weights, _slopes; // [power of t, node]
    private readonly GridSize _size = new();
    private Tensor? _kernel; // [rows, columns / 2 + 1]
    private (long Rows, long Columns, float Spacing) _made;

    /// <param name="dimension">1 or 2.</param>
    /// <param name="device">Where to compute.</param>
    public DeviceFourierRepulsion(int dimension, Device device)
    {
        _dimension = dimension;
        using var scope = NewDisposeScope();
        double[,] powers = QuinticSpline.Powers;
        float[] weights = new float[6 * QuinticSpline.Nodes], slopes = new float[5 * QuinticSpline.Nodes];
        for (int power = 0; power < 6; power++)
        {
            for (int node = 0; node < QuinticSpline.Nodes; node++)
            {
                weights[power * QuinticSpline.Nodes + node] = (float)powers[power, node];
                if (power > 0) slopes[(power - 1) * QuinticSpline.Nodes + node] = (float)(power * powers[power, node]);
            }
        }
        _weights = tensor(weights, [6, QuinticSpline.Nodes], device: device).DetachFromDisposeScope();
        _slopes = tensor(slopes, [5, QuinticSpline.Nodes], device: device).DetachFromDisposeScope();
    }

    public double Compute(Tensor map, Tensor forces)
    {
        using var scope = NewDisposeScope();
        long n = map.shape[0];
        Tensor plane = _dimension == 2 ? map : cat([map, zeros_like(map)], 1), corner = plane.amin([0L]); // [n, 2], [2]
        float[] extent = (plane.amax([0L]) - corner).cpu().data<float>().ToArray();
        GridSize.Cells cells = _size.Of(extent[0], extent[1]);
        MakeKernel(cells, map.device);
        Tensor charges = zeros([(long)cells.High * cells.Wide], ScalarType.Int64, map.device);
        Tensor places = (plane - corner) * (1 / cells.Spacing); // [n, 2], in cells
        ForChunks(n, (from, to) =>
        {
            var (nodes, fraction) = Nodes(places.slice(0, from, to, 1), cells.Wide);
            Tensor weights = Polynomial(_weights, fraction); // [m, 2, node]
            FixedPoint.Add(charges, nodes.flatten(), (weights.select(1, 1).unsqueeze(2) * weights.select(1, 0).unsqueeze(1)).flatten(), Bits);
        });
        Tensor spectrum = fft.rfft2(FixedPoint.Value(charges, Bits).view(cells.High, cells.Wide), [cells.Rows, cells.Columns]);
        Tensor potential = fft.irfft2(spectrum * _kernel!, [cells.Rows, cells.Columns]).slice(0, 0, cells.High, 1).slice(1, 0, cells.Wide, 1).flatten();
        double sum = 0;
        ForChunks(n, (from, to) =>
        {
            var (nodes, fraction) = Nodes(places.slice(0, from, to, 1), cells.Wide);
            Tensor values = potential.index_select(0, nodes.flatten()).view(to - from, QuinticSpline.Nodes, QuinticSpline.Nodes); // [m, down, across]
            Tensor weights = Polynomial(_weights, fraction), slopes = Polynomial(_slopes, fraction), down = weights.select(1, 1);
            Tensor rows = (values * weights.select(1, 0).unsqueeze(1)).sum([2L]), steep = (values * slopes.select(1, 0).unsqueeze(1)).sum([2L]); // [m, down]
            Tensor force = stack([(steep * down).sum([1L]), (rows * slopes.select(1, 1)).sum([1L])], 1) * (-0.5f / cells.Spacing); // [m, 2]
            forces.slice(0, from, to, 1).copy_(force.slice(1, 0, _dimension, 1));
            sum += (rows * down).sum().item<float>();
        });
        return sum + (double)n * n - n;
    }

    public void Dispose()
    {
        _weights.Dispose();
        _slopes.Dispose();
        _kernel?.Dispose();
    }

    /// <summary>The nodes that points weigh on, row by row, and how far into their cell they stand.</summary>
    /// <returns>[m, 36] and [m, 2, 1].</returns>
    private static (Tensor Nodes, Tensor Fraction) Nodes(Tensor places, long wide)
    {
        Tensor cell = places.floor(), first = cell.to(ScalarType.Int64), steps = arange(QuinticSpline.Nodes, ScalarType.Int64, places.device);
        Tensor corner = first.select(1, 1) * wide + first.select(1, 0); // [m]
        return (corner.unsqueeze(1) + (steps.unsqueeze(1) * wide + steps).flatten(), (places - cell).unsqueeze(2));
    }

    /// <summary>Σ cₚ·tᵖ for every node: [m, 2, node].</summary>
    private static Tensor Polynomial(Tensor coefficients, Tensor t)
    {
        long last = coefficients.shape[0] - 1;
        Tensor sum = coefficients.select(0, last);
        for (long power = last - 1; power >= 0; power--) sum = sum * t + coefficients.select(0, power);
        return sum;
    }

    /// <summary>The transform of −r² / (1 + r²) with periodic distances, with the spline's, sinc⁶, divided out twice.</summary>
    private void MakeKernel(GridSize.Cells cells, Device device)
    {
        if (_made == (cells.Rows, cells.Columns, cells.Spacing)) return;
        using var scope = NewDisposeScope();
        Tensor squared = Periodic(cells.Rows, cells.Rows).square().unsqueeze(1) + Periodic(cells.Columns, cells.Columns).square();
        Tensor transform = real(fft.rfft2(-squared / (1 + squared)));
        _kernel?.Dispose();
        _kernel = (transform * Sharpening(cells.Rows, cells.Rows).unsqueeze(1) * Sharpening(cells.Columns, cells.Columns / 2 + 1)).DetachFromDisposeScope();
        _made = (cells.Rows, cells.Columns, cells.Spacing);

        Tensor Periodic(int length, int count) => tensor([.. Enumerable.Range(0, count).Select(k => Math.Min(k, length - k) * cells.Spacing)], [count], device: device);

        Tensor Sharpening(int length, int count) => tensor([.. QuinticSpline.Sharpening(length, count).Select(v => (float)v)], [count], device: device);
    }

    private static void ForChunks(long count, Action<long, long> work)
    {
        for (long from = 0; from < count; from += ChunkSize)
        {
            using var scope = NewDisposeScope();
            work(from, Math.Min(count, from + ChunkSize));
        }
    }
}
