namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>The names that a file uses, and new ones that it does not; what is known of the values.</summary>
internal sealed class ValueNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly HashSet<string> _usedOtherwise = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorProto> _constants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _copies = new(StringComparer.Ordinal);

    /// <summary>Takes in the names of a graph and of the graphs inside it.</summary>
    public ValueNames(GraphProto graph) => Take(graph);

    /// <summary>The name wished for, or one like it where that is taken.</summary>
    public string Fresh(string wish)
    {
        if (_taken.Add(wish)) return wish;
        string name;
        do
        {
            int copy = _copies[wish] = _copies.GetValueOrDefault(wish, 1) + 1;
            name = $"{wish}_{copy}";
        }
        while (!_taken.Add(name));
        return name;
    }

    /// <summary>ONNX's number of the type that a value has in the file; null where it is not known.</summary>
    public long? ElementType(string value) => _types.TryGetValue(value, out long type) ? type : null;

    /// <summary>Whether nothing but Cast takes a value.</summary>
    public bool IsOnlyCast(string value) => !_usedOtherwise.Contains(value);

    /// <summary>Works out the types that a node's outputs have in the file, as far as they are not known.</summary>
    public void Follow(NodeProto node)
    {
        for (int i = 0; i < node.Output.Count; i++)
            if (node.Output[i].Length > 0 && ElementTypes.Of(node, i, ElementType) is { } type) _types.TryAdd(node.Output[i], type);
    }

    /// <summary>A parameter, or what a Constant node holds; null where the value is computed.</summary>
    public TensorProto? Constant(string value) => _constants.GetValueOrDefault(value);

    private void Take(GraphProto graph)
    {
        foreach (TensorProto initializer in graph.Initializer) (_types[initializer.Name], _constants[initializer.Name]) = (initializer.DataType, initializer);
        foreach (ValueInfoProto input in graph.Input)
            if (input.Type?.TensorType?.ElemType is > 0 and int type) _types.TryAdd(input.Name, type);
        _taken.UnionWith(graph.Input.Select(i => i.Name));
        _taken.UnionWith(OnnxSubgraphs.Parameters(graph));
        _usedOtherwise.UnionWith(graph.Output.Select(o => o.Name));
        foreach (NodeProto node in graph.Node)
        {
            if (node.OpType != "Cast") _usedOtherwise.UnionWith(node.Input);
            _taken.UnionWith(node.Output);
            Follow(node);
            if (node is { OpType: "Constant", Output.Count: > 0 } && node.Attribute.FirstOrDefault(a => a.Name == "value")?.T is { } held) _constants[node.Output[0]] = held;
            foreach (AttributeProto attribute in node.Attribute)
                if (attribute.G is not null) Take(attribute.G);
        }
    }
}
