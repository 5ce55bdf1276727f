namespace CnnVis.Engine.Models.Weights.Pickles;

/// <summary>
/// A dict, or an object's attributes, in the order written. No hash table: nobody looks anything up while a file is read, and nobody can make one slow.
/// Keys that are no names (tuples, fractions) are passed over with their values.
/// </summary>
/// <param name="pairs">Pairs that it begins with, as Python 2 writes an OrderedDict.</param>
internal sealed class PickledDict(PickledList? pairs = null)
{
    private List<KeyValuePair<string, object?>>? _items;

    public IEnumerable<KeyValuePair<string, object?>> Items => Pairs().Concat(_items ?? (IEnumerable<KeyValuePair<string, object?>>)[]);

    public void Set(object? key, object? value)
    {
        if (Name(key) is { } name) (_items ??= []).Add(KeyValuePair.Create(name, value));
    }

    /// <summary>Made anew each time: a pickle can begin a million dicts with one list of a million pairs.</summary>
    private IEnumerable<KeyValuePair<string, object?>> Pairs()
    {
        foreach (object? pair in pairs?.Items ?? [])
        {
            var (key, value) = pair switch
            {
                PickledList { Items: [var k, var v] } => (k, v),
                object[] and [var k, var v] => (k, v),
                _ => (null, null),
            };
            if (Name(key) is { } name) yield return KeyValuePair.Create(name, value);
        }
    }

    private static string? Name(object? key) => key switch
    {
        string text => text,
        long number => FormattableString.Invariant($"{number}"),
        _ => null,
    };
}
