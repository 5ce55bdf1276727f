namespace CnnVis.Engine.Attributes;

/// <summary>Finds pictures that are almost the same. Of two signatures that differ in seven signs at most, one byte of eight is equal, so that few have to be compared.</summary>
internal sealed class NearDuplicates
{
    /// <summary>Most signs in which near duplicates differ.</summary>
    public const int MostSigns = 7;

    private readonly List<PictureSignature> _signatures = [];
    private readonly Dictionary<(int Place, byte Value), List<int>> _places = [];

    /// <summary>Adds a picture.</summary>
    public void Add(PictureSignature signature)
    {
        for (int place = 0; place < 8; place++)
        {
            (int, byte) key = (place, (byte)(signature.Hash >> 8 * place));
            if (!_places.TryGetValue(key, out List<int>? same)) _places[key] = same = [];
            same.Add(_signatures.Count);
        }
        _signatures.Add(signature);
    }

    /// <summary>Numbers of the pictures that are almost the same as one, ascending, without it.</summary>
    public IReadOnlyList<int> Of(int number)
    {
        PictureSignature signature = _signatures[number];
        var near = new SortedSet<int>();
        for (int place = 0; place < 8; place++)
            foreach (int other in _places[(place, (byte)(signature.Hash >> 8 * place))])
                if (other != number && !near.Contains(other) && signature.IsNear(_signatures[other])) near.Add(other);
        return [.. near];
    }
}
