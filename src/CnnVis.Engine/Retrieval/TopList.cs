namespace CnnVis.Engine.Retrieval;

/// <summary>The first few places of one unit.</summary>
/// <param name="capacity">Most places kept.</param>
internal sealed class TopList(int capacity)
{
    private readonly List<KeptPlace> _places = [];

    /// <summary>The places, first to last.</summary>
    public IReadOnlyList<KeptPlace> Places => _places;

    /// <summary>A place of an image that comes later has to exceed this to be kept.</summary>
    public float Threshold => _places.Count < capacity ? float.NegativeInfinity : _places[^1].Value;

    /// <summary>Keeps a place if it is among the first.</summary>
    public void Add(in KeptPlace place)
    {
        int at = _places.Count;
        while (at > 0 && place.Precedes(_places[at - 1])) at--;
        if (at == capacity) return;
        if (_places.Count == capacity) _places.RemoveAt(capacity - 1);
        _places.Insert(at, place);
    }
}
