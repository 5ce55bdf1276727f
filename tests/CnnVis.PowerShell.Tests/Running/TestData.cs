using System.Collections;
using System.Management.Automation;

namespace CnnVis.PowerShell.Tests.Running;

/// <summary>One item of a <c>-ForEach</c>: <c>$_</c>, and a variable and a parameter for each key where it is a dictionary.</summary>
internal sealed class TestData
{
    private TestData(object? item)
    {
        Item = item;
        object? plain = item is PSObject wrapped ? wrapped.BaseObject : item;
        if (plain is IDictionary dictionary)
            foreach (DictionaryEntry entry in dictionary) Keys[entry.Key.ToString()!] = entry.Value;
    }

    public object? Item { get; }

    public Hashtable Keys { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The items of a <c>-ForEach</c>; one lack of data where there is none.</summary>
    /// <exception cref="ArgumentException">A <c>-ForEach</c> over nothing, which Pester 6 refuses as well.</exception>
    public static IEnumerable<TestData?> Each(object?[]? items, bool given)
    {
        if (!given) return [null];
        if (items is not { Length: > 0 }) throw new ArgumentException("-ForEach was given null or an empty array, so nothing would be tested. Use a fixed list and -Skip.");
        return items.Select(item => new TestData(item));
    }
}
