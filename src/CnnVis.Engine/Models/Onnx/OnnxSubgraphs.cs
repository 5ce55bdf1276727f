using CnnVis.Engine.Models.Onnx.Upgrades;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>Graphs inside nodes: what they take from outside, and their nodes with names of the outside.</summary>
internal static class OnnxSubgraphs
{
    /// <summary>Values that a node takes, those included that graphs inside it take from outside.</summary>
    public static IEnumerable<string> Taken(NodeProto node) =>
        node.Input.Concat(node.Attribute.Where(a => a.G is not null).SelectMany(a => Captured(a.G))).Where(v => v.Length > 0);

    /// <summary>The nodes of a branch, put in place of its node: names of values are made unique, and the branch's outputs are the node's.</summary>
    /// <param name="node">An If.</param>
    /// <param name="branch">The graph that is taken; changed in place.</param>
    /// <param name="names">Names of the file's values.</param>
    /// <returns>Its nodes; the branch's parameters have new names too.</returns>
    /// <exception cref="CnnVisException">The branch does not give what the node does.</exception>
    public static IReadOnlyList<NodeProto> Inlined(NodeProto node, GraphProto branch, ValueNames names)
    {
        string label = node.Name.Length > 0 ? node.Name : node.Output[0];
        if (branch.Output.Count != node.Output.Count)
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"If node '{label}' has {node.Output.Count} outputs, and its branch {branch.Output.Count}.", label);
        HashSet<string> computed = [.. branch.Node.SelectMany(n => n.Output).Where(v => v.Length > 0)];
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        var passed = new List<NodeProto>();
        for (int i = 0; i < node.Output.Count; i++)
            if (!computed.Contains(branch.Output[i].Name) || !renamed.TryAdd(branch.Output[i].Name, node.Output[i]))
                passed.Add(NodeProtos.Make("Identity", node.Output[i], [branch.Output[i].Name]));
        foreach (string value in computed.Concat(Parameters(branch)))
            if (!renamed.ContainsKey(value)) renamed[value] = names.Fresh($"{label}.{value}");

        foreach (NodeProto inner in branch.Node)
            if (inner.Name.Length > 0) inner.Name = $"{label}.{inner.Name}";
        branch.Node.AddRange(passed);
        Rename(branch, value => renamed.GetValueOrDefault(value, value));
        return branch.Node;
    }

    /// <summary>Every value that a value is computed from, itself included.</summary>
    public static HashSet<string> Behind(GraphProto graph, string value)
    {
        var sources = graph.Node.SelectMany(n => n.Output.Select(o => (o, n))).ToLookup(s => s.o, s => s.n, StringComparer.Ordinal);
        return Reached([value], v => sources[v].SelectMany(Taken));
    }

    /// <summary>Every value that nodes compute of some values, these included.</summary>
    public static HashSet<string> From(IEnumerable<NodeProto> nodes, IEnumerable<string> values)
    {
        var users = nodes.SelectMany(n => Taken(n).Select(v => (v, n))).ToLookup(u => u.v, u => u.n, StringComparer.Ordinal);
        return Reached(values, v => users[v].SelectMany(n => n.Output));
    }

    private static HashSet<string> Reached(IEnumerable<string> from, Func<string, IEnumerable<string>> next)
    {
        var reached = new HashSet<string>(from, StringComparer.Ordinal);
        var waiting = new Stack<string>(reached);
        while (waiting.TryPop(out string? value))
            foreach (string other in next(value))
                if (reached.Add(other)) waiting.Push(other);
        return reached;
    }

    /// <summary>Names of a graph's own parameters.</summary>
    public static IEnumerable<string> Parameters(GraphProto graph) => graph.Initializer.Select(i => i.Name).Concat(graph.SparseInitializer.Select(i => i.Values?.Name ?? ""));

    private static IEnumerable<string> Captured(GraphProto graph)
    {
        var own = Parameters(graph).Concat(graph.Input.Select(i => i.Name)).Concat(graph.Node.SelectMany(n => n.Output)).ToHashSet(StringComparer.Ordinal);
        return graph.Node.SelectMany(Taken).Concat(graph.Output.Select(o => o.Name)).Where(v => !own.Contains(v));
    }

    /// <summary>Gives values other names: of a node, and of the graphs inside it as far as they come from outside.</summary>
    /// <param name="node">Changed in place.</param>
    /// <param name="name">The new name of a value; "" stays.</param>
    public static void Rename(NodeProto node, Func<string, string> name)
    {
        for (int i = 0; i < node.Input.Count; i++) node.Input[i] = name(node.Input[i]);
        for (int i = 0; i < node.Output.Count; i++) node.Output[i] = name(node.Output[i]);
        foreach (AttributeProto attribute in node.Attribute)
            if (attribute.G is not null) Rename(attribute.G, name);
    }

    private static void Rename(GraphProto graph, Func<string, string> name)
    {
        foreach (TensorProto parameter in graph.Initializer) parameter.Name = name(parameter.Name);
        foreach (SparseTensorProto parameter in graph.SparseInitializer)
            if (parameter.Values is not null) parameter.Values.Name = name(parameter.Values.Name);
        foreach (ValueInfoProto value in graph.Input.Concat(graph.Output)) value.Name = name(value.Name);
        foreach (NodeProto node in graph.Node) Rename(node, name);
    }
}
