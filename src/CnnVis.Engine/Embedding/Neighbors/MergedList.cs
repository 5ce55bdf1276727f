namespace CnnVis.Engine.Embedding.Neighbors;

/// <summary>One point's k nearest, into which candidates are merged; each point once, equals by lowest index.</summary>
internal sealed class MergedList(int size)
{
    private readonly List<(float Distance, int Index)> _entries = new(4 * size);
    private float _worst;

    /// <summary>Takes what a table has for a point.</summary>
    public void Start(NeighborTable table, int point)
    {
        _entries.Clear();
        for (int j = point * size; j < (point + 1) * size; j++)
            if (table.Indices[j] >= 0) _entries.Add((table.SquaredDistances[j], table.Indices[j]));
        _worst = _entries.Count == size ? _entries[^1].Distance : float.PositiveInfinity;
    }

    public void Offer(float distance, int index)
    {
        if (distance > _worst) return;
        _entries.Add((distance, index));
        if (_entries.Count >= 4 * size) Cut();
    }

    /// <summary>Puts the nearest into a table.</summary>
    public void Write(NeighborTable table, int point)
    {
        Cut();
        for (int j = 0; j < size; j++)
            (table.SquaredDistances[point * size + j], table.Indices[point * size + j]) = j < _entries.Count ? _entries[j] : (float.PositiveInfinity, -1);
    }

    private void Cut()
    {
        // The same point, found twice, may have distances that differ by rounding: the smaller stays.
        _entries.Sort();
        var seen = new HashSet<int>();
        _entries.RemoveAll(e => !seen.Add(e.Index));
        if (_entries.Count > size) _entries.RemoveRange(size, _entries.Count - size);
        if (_entries.Count == size) _worst = _entries[^1].Distance;
    }
}
