namespace CnnVis.Engine.Models.Onnx;

/// <summary>The names that a file uses, and new ones that it does not.</summary>
internal sealed class ValueNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Takes in the names of a graph and of the graphs inside it.</summary>
    public ValueNames(GraphProto graph) => Take(graph);

    /// <summary>The name wished for, or one like it where that is taken.</summary>
    public string Fresh(string wish)
    {
        string name = wish;
        for (int i = 2; !_taken.Add(name); i++) name = $"{wish}_{i}";
        return name;
    }

    private void Take(GraphProto graph)
    {
        _taken.UnionWith(graph.Input.Select(i => i.Name));
        _taken.UnionWith(graph.Initializer.Select(i => i.Name));
        foreach (NodeProto node in graph.Node)
        {
            _taken.UnionWith(node.Output);
            foreach (AttributeProto attribute in node.Attribute)
                if (attribute.G is not null) Take(attribute.G);
        }
    }
}
