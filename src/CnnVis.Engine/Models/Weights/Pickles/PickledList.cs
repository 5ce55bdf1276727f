namespace CnnVis.Engine.Models.Weights.Pickles;

/// <summary>A list or a set. A tuple is an <c>object?[]</c>.</summary>
internal sealed class PickledList
{
    private List<object?>? _items;

    public IReadOnlyList<object?> Items => _items ?? (IReadOnlyList<object?>)[];

    public void Add(ReadOnlySpan<object?> items)
    {
        if (!items.IsEmpty) (_items ??= []).AddRange(items);
    }
}
