using System.Numerics;

namespace CnnVis.Engine.Embedding.Forces;

/// <summary>
/// Barnes–Hut (van der Maaten 2014): a cell of the octree stands for its points where it is seen under less than an angle θ. For maps of three dimensions,
/// where a grid would be too large. O(n·log n).
/// </summary>
internal sealed class BarnesHutRepulsion : IRepulsion
{
    private const int LeafSize = 8, Bits = 10, ChunkSize = 256;

    private readonly int _count, _dimension;
    private readonly float _angle;
    private readonly Vector3[] _points;
    private readonly uint[] _codes;
    private readonly int[] _order;
    private readonly List<Cell> _cells = [];
    private float _side;

    /// <param name="First">First point, in the order of the codes.</param>
    /// <param name="End">Behind its last point.</param>
    /// <param name="Center">Their mean.</param>
    /// <param name="SquaredSize">Square of the cell's side.</param>
    /// <param name="Next">The cell to go on with when this one is not opened.</param>
    private readonly record struct Cell(int First, int End, Vector3 Center, float SquaredSize, int Next)
    {
        public bool IsLeaf(int index) => Next == index + 1;
    }

    /// <param name="count">Points.</param>
    /// <param name="dimension">2 or 3.</param>
    /// <param name="angle">θ: smaller is more exact, and slower.</param>
    public BarnesHutRepulsion(int count, int dimension, float angle = 0.5f)
    {
        (_count, _dimension, _angle) = (count, dimension, angle);
        (_points, _codes, _order) = (new Vector3[count], new uint[count], new int[count]);
    }

    public double Compute(float[] map, float[] forces)
    {
        Sort(map);
        _cells.Clear();
        Build(0, _count, 3 * Bits, _side);
        Cell[] cells = [.. _cells];
        return Chunks.Sum(_count, ChunkSize, (from, to) =>
        {
            double z = 0;
            for (int o = from; o < to; o++)
            {
                var (force, sum) = Force(cells, o);
                z += sum;
                for (int c = 0; c < _dimension; c++) forces[_order[o] * _dimension + c] = force[c];
            }
            return z;
        });
    }

    /// <summary>Sorts the points along a Z-shaped curve, so that every cell is a range.</summary>
    private void Sort(float[] map)
    {
        Vector3 low = new(float.MaxValue), high = new(float.MinValue);
        for (int i = 0; i < _count; i++)
        {
            Vector3 p = Point(map, i);
            (low, high) = (Vector3.Min(low, p), Vector3.Max(high, p));
        }
        Vector3 extent = high - low;
        _side = Math.Max(Math.Max(extent.X, Math.Max(extent.Y, extent.Z)), 1e-30f);
        float scale = ((1 << Bits) - 1) / _side;
        for (int i = 0; i < _count; i++)
        {
            Vector3 p = (Point(map, i) - low) * scale;
            _codes[i] = Interleaved((uint)p.X) | Interleaved((uint)p.Y) << 1 | Interleaved((uint)p.Z) << 2;
            _order[i] = i;
        }
        // The order of equals has to be the same every time: by index.
        Array.Sort(_order, (a, b) => _codes[a] != _codes[b] ? _codes[a].CompareTo(_codes[b]) : a.CompareTo(b));
        for (int i = 0; i < _count; i++) _points[i] = Point(map, _order[i]);
    }

    private void Build(int first, int end, int shift, float side)
    {
        int index = _cells.Count;
        Vector3 center = default;
        for (int i = first; i < end; i++) center += _points[i];
        _cells.Add(default);
        if (end - first > LeafSize && shift > 0)
        {
            for (int from = first; from < end;)
            {
                uint octant = _codes[_order[from]] >> (shift - 3);
                int to = from + 1;
                while (to < end && _codes[_order[to]] >> (shift - 3) == octant) to++;
                Build(from, to, shift - 3, side / 2);
                from = to;
            }
        }
        _cells[index] = new Cell(first, end, center / (end - first), side * side, _cells.Count);
    }

    private (Vector3 Force, double Sum) Force(Cell[] cells, int point)
    {
        Vector3 here = _points[point], force = default;
        double z = 0;
        float limit = _angle * _angle;
        for (int c = 0; c < cells.Length;)
        {
            Cell cell = cells[c];
            Vector3 d = here - cell.Center;
            float squared = d.LengthSquared();
            bool inside = point >= cell.First && point < cell.End;
            if (!inside && cell.SquaredSize < limit * squared)
            {
                float q = 1 / (1 + squared), weight = cell.End - cell.First;
                z += weight * q;
                force += weight * q * q * d;
                c = cell.Next;
            }
            else if (cell.IsLeaf(c))
            {
                for (int i = cell.First; i < cell.End; i++)
                {
                    if (i == point) continue;
                    d = here - _points[i];
                    float q = 1 / (1 + d.LengthSquared());
                    z += q;
                    force += q * q * d;
                }
                c++;
            }
            else
            {
                c++;
            }
        }
        return (force, z);
    }

    private Vector3 Point(float[] map, int i) => _dimension switch
    {
        2 => new Vector3(map[2 * i], map[2 * i + 1], 0),
        _ => new Vector3(map[3 * i], map[3 * i + 1], map[3 * i + 2]),
    };

    /// <summary>Spreads ten bits to every third place.</summary>
    private static uint Interleaved(uint bits)
    {
        bits = (bits | bits << 16) & 0x030000FF;
        bits = (bits | bits << 8) & 0x0300F00F;
        bits = (bits | bits << 4) & 0x030C30C3;
        return (bits | bits << 2) & 0x09249249;
    }
}
