namespace CnnVis.Engine.Runtime;

/// <summary>Keeps what was made for a key while it is among the last used; may be used by several threads at once.</summary>
/// <param name="capacity">How many are kept: the one that was not used for longest goes.</param>
internal sealed class RecentlyUsed<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _nodes = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _order = []; // the last used comes first

    /// <summary>What is kept for a key; made, and kept, where there is nothing.</summary>
    public TValue GetOrAdd(TKey key, Func<TValue> make)
    {
        lock (_lock)
        {
            if (_nodes.TryGetValue(key, out var node)) _order.Remove(node);
            else
            {
                node = new((key, make()));
                if (_nodes.Count == capacity)
                {
                    _nodes.Remove(_order.Last!.Value.Key);
                    _order.RemoveLast();
                }
                _nodes[key] = node;
            }
            _order.AddFirst(node);
            return node.Value.Value;
        }
    }
}
