using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CnnVis.Engine.Embedding.Forces;

/// <summary>
/// Repulsion by a potential: with φ(y) = Σⱼ 1 / (1 + |y − yⱼ|²) the force on i is −½∇φ(yᵢ), and Z = Σᵢ φ(yᵢ) − n. Charges are spread over a grid with
/// quintic B-splines, convolved, and φ and its gradient gathered by the same splines and their derivatives, as smooth particle-mesh Ewald does
/// (Essmann et al. 1995): one Fourier transform forth and one back an iteration, where Linderman et al. 2019 need several. The convolved kernel is less by
/// 1, which is added back as n, so that float32 stays exact while the map is still tiny. O(n + area / h²).
/// </summary>
internal sealed unsafe class FourierRepulsion : IRepulsion
{
    private const int GatherChunkSize = 1024, ReorderEvery = 16, Padding = 8;

    /// <summary>Chunks that spread on their own; a constant, so that the sum does not depend on the number of threads.</summary>
    private const int SpreadChunks = 8;

    private readonly int _count, _dimension;
    private readonly GridSize _size;
    private readonly int[] _order;
    private readonly int[] _rows;
    private readonly (int First, int End)[] _bands = new (int, int)[SpreadChunks];
    private readonly float[][] _parts = new float[SpreadChunks][];
    private readonly PotentialGrid _grid = new();
    private int _calls;

    /// <param name="count">Points.</param>
    /// <param name="dimension">1 or 2.</param>
    /// <param name="spacing">Largest distance between grid nodes. 0.35 keeps the force's error (root mean square) at half a percent.</param>
    public FourierRepulsion(int count, int dimension, float spacing = 0.35f)
    {
        (_count, _dimension, _size) = (count, dimension, new GridSize(spacing));
        _order = [.. Enumerable.Range(0, count)];
        _rows = new int[count];
        Array.Fill(_parts, []);
    }

    public double Compute(float[] map, float[] forces)
    {
        var box = MapBox.Of(map, _dimension);
        GridSize.Cells cells = _size.Of(box.Width, box.Height);
        int wide = cells.Wide, high = cells.High;
        _grid.Resize(cells.Rows, cells.Columns, cells.Spacing);
        var place = new GridPlace(box.Left, box.Top, 1 / cells.Spacing);
        if (_calls++ % ReorderEvery == 0) Reorder(map, place, high);
        Spread(map, place, wide, high);
        _grid.Convolve(high, wide);
        return Gather(map, place, wide, forces) + (double)_count * _count - _count;
    }

    /// <summary>Sorts the points by grid row, so that each chunk spreads into a narrow band.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Reorder(float[] map, GridPlace place, int high)
    {
        int[] starts = new int[high + 1];
        for (int i = 0; i < _count; i++)
        {
            _rows[i] = (int)place.Y(Second(map, i));
            starts[_rows[i] + 1]++;
        }
        for (int r = 0; r < high; r++) starts[r + 1] += starts[r];
        for (int i = 0; i < _count; i++) _order[starts[_rows[i]]++] = i;
    }

    private void Spread(float[] map, GridPlace place, int wide, int high)
    {
        int chunk = (_count + SpreadChunks - 1) / SpreadChunks;
        Parallel.For(0, SpreadChunks, c => SpreadChunk(map, place, wide, c, Math.Min(_count, c * chunk), Math.Min(_count, (c + 1) * chunk)));
        int stride = PotentialGrid.Stride(wide);
        Chunks.Run(high, 64, (from, to) =>
        {
            for (int y = from; y < to; y++) Join(new Span<float>(_grid.Nodes + (nint)y * stride, stride), y, wide);
        });
    }

    /// <summary>One row of the grid: what the chunks spread on it, in their order.</summary>
    private void Join(Span<float> row, int y, int wide)
    {
        row.Clear();
        for (int c = 0; c < SpreadChunks; c++)
            if (y >= _bands[c].First && y < _bands[c].End) Add(_parts[c].AsSpan((y - _bands[c].First) * wide, wide), row);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SpreadChunk(float[] map, GridPlace place, int wide, int index, int from, int to)
    {
        int first = int.MaxValue, last = -1;
        for (int o = from; o < to; o++)
        {
            int row = (int)place.Y(Second(map, _order[o]));
            first = Math.Min(first, row);
            last = Math.Max(last, row);
        }
        if (last < 0)
        {
            _bands[index] = (0, 0);
            return;
        }
        _bands[index] = (first, last + QuinticSpline.Nodes);
        int length = (_bands[index].End - first) * wide + Padding;
        if (_parts[index].Length < length) _parts[index] = new float[length + length / 4];
        Array.Clear(_parts[index], 0, length);
        float* weights = stackalloc float[8];
        fixed (float* part = _parts[index])
        {
            for (int o = from; o < to; o++)
            {
                int i = _order[o];
                float x = place.X(map[i * _dimension]), y = place.Y(Second(map, i));
                int column = (int)x, row = (int)y;
                Vector256<float> across = QuinticSpline.Weights(x - column);
                QuinticSpline.Weights(y - row).Store(weights);
                float* to8 = part + (nint)(row - first) * wide + column;
                for (int k = 0; k < QuinticSpline.Nodes; k++, to8 += wide)
                    Vector256.MultiplyAddEstimate(across, Vector256.Create(weights[k]), Vector256.Load(to8)).Store(to8);
            }
        }
    }

    private double Gather(float[] map, GridPlace place, int wide, float[] forces) =>
        Chunks.Sum(_count, GatherChunkSize, (from, to) => GatherChunk(map, place, PotentialGrid.Stride(wide), forces, from, to));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double GatherChunk(float[] map, GridPlace place, int stride, float[] forces, int from, int to)
    {
        float scale = -0.5f * place.Scale;
        double z = 0;
        float* down = stackalloc float[8], slopes = stackalloc float[8];
        for (int o = from; o < to; o++)
        {
            int i = _order[o];
            float x = place.X(map[i * _dimension]), y = place.Y(Second(map, i));
            int column = (int)x, row = (int)y;
            QuinticSpline.Weights(y - row).Store(down);
            QuinticSpline.Slopes(y - row).Store(slopes);
            Vector256<float> value = default, slope = default;
            float* node = _grid.Nodes + (nint)row * stride + column;
            for (int k = 0; k < QuinticSpline.Nodes; k++, node += stride)
            {
                Vector256<float> r = Vector256.Load(node);
                value = Vector256.MultiplyAddEstimate(r, Vector256.Create(down[k]), value);
                slope = Vector256.MultiplyAddEstimate(r, Vector256.Create(slopes[k]), slope);
            }
            Vector256<float> across = QuinticSpline.Weights(x - column);
            z += Vector256.Sum(value * across);
            forces[i * _dimension] = scale * Vector256.Sum(value * QuinticSpline.Slopes(x - column));
            if (_dimension == 2) forces[2 * i + 1] = scale * Vector256.Sum(slope * across);
        }
        return z;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(ReadOnlySpan<float> part, Span<float> row)
    {
        int x = 0;
        for (; x <= part.Length - Vector256<float>.Count; x += Vector256<float>.Count)
            (Vector256.Create(row[x..]) + Vector256.Create(part[x..])).CopyTo(row[x..]);
        for (; x < part.Length; x++) row[x] += part[x];
    }

    private float Second(float[] map, int index) => _dimension == 2 ? map[2 * index + 1] : 0;
}
