namespace CnnVis.Engine.Correspondence.Neighbors;

/// <summary>The units with the smallest scores of those that come by, smallest first.</summary>
/// <param name="capacity">How many.</param>
internal sealed class SmallestUnits(int capacity)
{
    private readonly List<KeptUnit> _kept = new(capacity);

    /// <summary>The score from which on nothing more is kept.</summary>
    public double Threshold => _kept.Count < capacity ? double.PositiveInfinity : _kept[^1].Score;

    /// <summary>What is kept.</summary>
    public IReadOnlyList<KeptUnit> Kept => _kept;

    /// <summary>Keeps a unit, if it is small enough.</summary>
    public void Add(KeptUnit unit)
    {
        if (_kept.Count == capacity)
        {
            if (unit.CompareTo(_kept[^1]) >= 0) return;
            _kept.RemoveAt(capacity - 1);
        }
        int place = _kept.BinarySearch(unit);
        _kept.Insert(place < 0 ? ~place : place, unit);
    }
}
