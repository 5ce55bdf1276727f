namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>The names that a file uses, and new ones that it does not; what is known of the values.</summary>
internal sealed class ValueNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorProto> _constants = new(StringComparer.Ordinal);

    /// <summary>Takes in the names of a graph and of the graphs inside it.</summary>
    public ValueNames(GraphProto graph) => Take(graph);

    /// <summary>The name wished for, or one like it where that is taken.</summary>
    public string Fresh(string wish)
    {
        string name = wish;
        for (int i = 2; !_taken.Add(name); i++) name = $"{wish}_{i}";
        return name;
    }

    /// <summary>ONNX's number of the type that a parameter has in the file; null where it is not known.</summary>
    public long? ElementType(string value) => _types.TryGetValue(value, out long type) ? type : null;

    /// <summary>A parameter, or what a Constant node holds; null where the value is computed.</summary>
    public TensorProto? Constant(string value) => _constants.GetValueOrDefault(value);

    private void Take(GraphProto graph)
    {
        foreach (TensorProto initializer in graph.Initializer) (_types[initializer.Name], _constants[initializer.Name]) = (initializer.DataType, initializer);
        _taken.UnionWith(graph.Input.Select(i => i.Name));
        _taken.UnionWith(graph.Initializer.Select(i => i.Name));
        foreach (NodeProto node in graph.Node)
        {
            _taken.UnionWith(node.Output);
            if (node.Output.Count > 0 && TypeOf(node) is { } type) _types[node.Output[0]] = type;
            if (node is { OpType: "Constant", Output.Count: > 0 } && node.Attribute.FirstOrDefault(a => a.Name == "value")?.T is { } held) _constants[node.Output[0]] = held;
            foreach (AttributeProto attribute in node.Attribute)
                if (attribute.G is not null) Take(attribute.G);
        }
    }

    private long? TypeOf(NodeProto node) => node.OpType switch
    {
        "Constant" => node.Attribute.FirstOrDefault(a => a.Name == "value")?.T?.DataType,
        "Cast" => node.Attribute.FirstOrDefault(a => a.Name == "to")?.I,
        "Identity" when node.Input.Count == 1 => ElementType(node.Input[0]),
        _ => null,
    };
}
