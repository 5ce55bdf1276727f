using System.Runtime.Intrinsics;

namespace CnnVis.Engine.Embedding;

/// <summary>How a map's points push one that is put among them.</summary>
internal sealed unsafe class MapField
{
    private readonly float[] _planes;
    private readonly int _dimension, _padded;

    public MapField(PointMatrix map)
    {
        _dimension = map.Dimension;
        _padded = (map.Count + Vector512<float>.Count - 1) & -Vector512<float>.Count;
        _planes = new float[_dimension * _padded];
        for (int c = 0; c < _dimension; c++)
        {
            for (int i = 0; i < map.Count; i++) _planes[c * _padded + i] = map.Row(i)[c];
            _planes.AsSpan(c * _padded + map.Count, _padded - map.Count).Fill(1e15f); // so far away that nothing is felt
        }
    }

    /// <summary>Computes Σⱼ (y − yⱼ) / (1 + |y − yⱼ|²)².</summary>
    /// <returns>The normaliser Σⱼ 1 / (1 + |y − yⱼ|²).</returns>
    public float Push(ReadOnlySpan<float> place, Span<float> force)
    {
        Vector512<float> total = default, f0 = default, f1 = default, f2 = default;
        fixed (float* x = _planes)
        {
            for (int j = 0; j < _padded; j += Vector512<float>.Count)
            {
                Vector512<float> d0 = Vector512.Create(place[0]) - Vector512.Load(x + j), s = Vector512.FusedMultiplyAdd(d0, d0, Vector512<float>.One), d1 = default, d2 = default;
                if (_dimension > 1)
                {
                    d1 = Vector512.Create(place[1]) - Vector512.Load(x + _padded + j);
                    s = Vector512.FusedMultiplyAdd(d1, d1, s);
                }
                if (_dimension > 2)
                {
                    d2 = Vector512.Create(place[2]) - Vector512.Load(x + 2 * _padded + j);
                    s = Vector512.FusedMultiplyAdd(d2, d2, s);
                }
                Vector512<float> q = Vector512<float>.One / s, square = q * q;
                total += q;
                f0 = Vector512.FusedMultiplyAdd(square, d0, f0);
                f1 = Vector512.FusedMultiplyAdd(square, d1, f1);
                f2 = Vector512.FusedMultiplyAdd(square, d2, f2);
            }
        }
        force[0] = Vector512.Sum(f0);
        if (_dimension > 1) force[1] = Vector512.Sum(f1);
        if (_dimension > 2) force[2] = Vector512.Sum(f2);
        return Vector512.Sum(total);
    }
}
