using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CnnVis.Engine.Embedding.Forces;

/// <summary>All pairs, 16 at a time: O(n²), the right thing for small maps and the reference for the others.</summary>
internal sealed unsafe class ExactRepulsion : IRepulsion
{
    private readonly int _count, _dimension, _padded;
    private readonly float[] _planes;

    public ExactRepulsion(int count, int dimension)
    {
        (_count, _dimension) = (count, dimension);
        _padded = (count + 15) / 16 * 16;
        _planes = new float[dimension * _padded];
    }

    public double Compute(float[] map, float[] forces)
    {
        for (int c = 0; c < _dimension; c++)
        {
            Span<float> plane = _planes.AsSpan(c * _padded, _padded);
            for (int i = 0; i < _count; i++) plane[i] = map[i * _dimension + c];
            plane[_count..].Fill(1e15f); // so far away that nothing is felt
        }
        // Each point meets itself once, at distance 0.
        return Chunks.Sum(_count, 64, (from, to) => Range(map, forces, from, to)) - _count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Range(float[] map, float[] forces, int from, int to)
    {
        double z = 0;
        fixed (float* planes = _planes)
        {
            for (int i = from; i < to; i++)
            {
                float x = map[i * _dimension], y = _dimension > 1 ? map[i * _dimension + 1] : 0, w = _dimension > 2 ? map[i * _dimension + 2] : 0;
                Vector512<float> fx = default, fy = default, fw = default, total = default;
                for (int j = 0; j < _padded; j += 16)
                {
                    Vector512<float> dx = Vector512.Create(x) - Vector512.Load(planes + j), s = Vector512.FusedMultiplyAdd(dx, dx, Vector512<float>.One);
                    Vector512<float> dy = default, dw = default;
                    if (_dimension > 1)
                    {
                        dy = Vector512.Create(y) - Vector512.Load(planes + _padded + j);
                        s = Vector512.FusedMultiplyAdd(dy, dy, s);
                    }
                    if (_dimension > 2)
                    {
                        dw = Vector512.Create(w) - Vector512.Load(planes + 2 * _padded + j);
                        s = Vector512.FusedMultiplyAdd(dw, dw, s);
                    }
                    Vector512<float> q = Vector512<float>.One / s, square = q * q;
                    total += q;
                    fx = Vector512.FusedMultiplyAdd(square, dx, fx);
                    fy = Vector512.FusedMultiplyAdd(square, dy, fy);
                    fw = Vector512.FusedMultiplyAdd(square, dw, fw);
                }
                z += Vector512.Sum(total);
                forces[i * _dimension] = Vector512.Sum(fx);
                if (_dimension > 1) forces[i * _dimension + 1] = Vector512.Sum(fy);
                if (_dimension > 2) forces[i * _dimension + 2] = Vector512.Sum(fw);
            }
        }
        return z;
    }
}
