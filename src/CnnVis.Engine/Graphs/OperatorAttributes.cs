using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs;

/// <summary>The attributes of a node, by their ONNX names. A value is <see cref="long"/>, <see cref="float"/>, <see cref="string"/>, an array of one of these, or a <see cref="Tensor"/>.</summary>
public sealed class OperatorAttributes
{
    private readonly SortedDictionary<string, object> _values;

    /// <summary>No attributes: every operator's defaults.</summary>
    public static OperatorAttributes None { get; } = new();

    /// <param name="values">Names and values.</param>
    public OperatorAttributes(IEnumerable<KeyValuePair<string, object>> values) =>
        _values = new SortedDictionary<string, object>(new Dictionary<string, object>(values), StringComparer.Ordinal);

    /// <param name="values">Names and values.</param>
    public OperatorAttributes(params (string Name, object Value)[] values)
        : this(values.Select(v => KeyValuePair.Create(v.Name, v.Value))) { }

    /// <summary>Which of the operator's outputs is wanted. A node of a graph gives one value; where a file uses several, each is a node of its own.</summary>
    public int Output { get; init; }

    /// <summary>How many outputs the file's node has, for operators where that matters (Split, TopK); one more than <see cref="Output"/> otherwise.</summary>
    public int Outputs { get; init; } = 1;

    /// <summary>All of them, in ordinal order of their names.</summary>
    public IReadOnlyDictionary<string, object> Values => _values;

    /// <summary>An integer, or the operator's default.</summary>
    public long Integer(string name, long otherwise) => Value(name, otherwise);

    /// <summary>A number, or the operator's default.</summary>
    public float Number(string name, float otherwise) => Value(name, otherwise);

    /// <summary>An integer of at least 1, or the operator's default.</summary>
    /// <exception cref="CnnVisException">It is less.</exception>
    public long Positive(string name, long otherwise) => Integer(name, otherwise) is >= 1 and <= int.MaxValue and var value ? value
        : throw new CnnVisException(ErrorIds.ModelUnreadable, $"Attribute '{name}' is {Integer(name, otherwise)}; a number from 1 to {int.MaxValue} belongs there.", name);

    /// <summary>One of the texts that the operator knows; its default is the first.</summary>
    /// <exception cref="CnnVisException">It is another one.</exception>
    public string OneOf(string name, params ReadOnlySpan<string> known) => known.Contains(Text(name, known[0])) ? Text(name, known[0])
        : throw new CnnVisException(ErrorIds.OperatorNotSupported, $"Attribute '{name}' is '{Text(name, known[0])}'; known are {string.Join(", ", known.ToArray())}.", name);

    /// <summary>A text, or the operator's default.</summary>
    public string Text(string name, string otherwise) => Value(name, otherwise);

    /// <summary>Integers, or null where the attribute is absent.</summary>
    public long[]? Integers(string name) => _values.ContainsKey(name) ? Value<long[]>(name, []) : null;

    private T Value<T>(string name, T otherwise) => !_values.TryGetValue(name, out object? value) ? otherwise
        : value is T typed ? typed
        : throw new CnnVisException(ErrorIds.ModelUnreadable, $"Attribute '{name}' holds {value.GetType().Name} where {typeof(T).Name} belongs.", name);
}
