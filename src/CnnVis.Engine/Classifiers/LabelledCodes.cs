namespace CnnVis.Engine.Classifiers;

/// <summary>Codes with what they show, as they come in. Pictures are not kept, only their codes: count × length × 4 bytes.</summary>
public sealed class LabelledCodes
{
    private readonly List<float[]?> _values = [];
    private readonly List<string> _labels = [];
    private readonly List<string?> _sources = [];

    /// <summary>Codes so far.</summary>
    public int Count => _values.Count;

    /// <summary>Numbers of each; 0 before the first.</summary>
    public int Length { get; private set; }

    /// <summary>What the codes show, in their order.</summary>
    public IReadOnlyList<string> Labels => _labels;

    /// <summary>The pictures that they are of, in their order; null where that is not known.</summary>
    public IReadOnlyList<string?> Sources => _sources;

    /// <summary>Takes a code, which it keeps.</summary>
    /// <exception cref="CnnVisException">It has no label, another length than the others, or numbers that are none.</exception>
    public void Add(CnnCode code)
    {
        if (code.Label is not { Length: > 0 } label) throw Wrong(code, "does not say what it shows: pictures lie in a folder a class, or give -LabelPath or -LabelPattern");
        if (code.Values.Length == 0 || Count > 0 && code.Values.Length != Length) throw Wrong(code, $"has {code.Values.Length:N0} numbers, and the first one {Length:N0}; they are codes of different layers");
        if (!Array.TrueForAll(code.Values.ToArray(), float.IsFinite)) throw Wrong(code, "has values that are no numbers");
        Length = code.Values.Length;
        _values.Add(code.Values);
        _labels.Add(label);
        _sources.Add(code.Path is null ? null : code.Tile is { } tile ? $"{code.Path} {tile}" : code.Path);
    }

    /// <summary>Hands the codes over one by one, and forgets them.</summary>
    internal IEnumerable<float[]> Take()
    {
        for (int i = 0; i < _values.Count; i++)
        {
            float[] values = _values[i] ?? throw new InvalidOperationException("The codes were taken before.");
            _values[i] = null;
            yield return values;
        }
    }

    private static CnnVisException Wrong(CnnCode code, string what) => new(ErrorIds.InvalidArgument, $"The code{(code.Path is { } path ? $" of '{path}'" : "")} {what}.", code.Path);
}
