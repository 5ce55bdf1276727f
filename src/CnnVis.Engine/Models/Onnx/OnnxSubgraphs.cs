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
    /// <returns>Its nodes, and its parameters under their new names.</returns>
    /// <exception cref="CnnVisException">The branch does not give what the node does.</exception>
    public static (IReadOnlyList<NodeProto> Nodes, IReadOnlyList<TensorProto> Parameters) Inlined(NodeProto node, GraphProto branch, ValueNames names)
    {
        string label = node.Name.Length > 0 ? node.Name : node.Output[0];
        if (branch.Output.Count != node.Output.Count)
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"If node '{label}' has {node.Output.Count} outputs, and its branch {branch.Output.Count}.", label);
        string[] computed = [.. branch.Node.SelectMany(n => n.Output).Where(v => v.Length > 0)];
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        var passed = new List<NodeProto>();
        for (int i = 0; i < node.Output.Count; i++)
            if (!computed.Contains(branch.Output[i].Name) || !renamed.TryAdd(branch.Output[i].Name, node.Output[i]))
                passed.Add(NodeProtos.Make("Identity", node.Output[i], [branch.Output[i].Name]));
        foreach (string value in computed.Concat(branch.Initializer.Select(i => i.Name)))
            if (!renamed.ContainsKey(value)) renamed[value] = names.Fresh($"{label}.{value}");

        foreach (NodeProto inner in branch.Node)
            if (inner.Name.Length > 0) inner.Name = $"{label}.{inner.Name}";
        branch.Node.AddRange(passed);
        Rename(branch, renamed);
        return (branch.Node, branch.Initializer);
    }

    private static IEnumerable<string> Captured(GraphProto graph)
    {
        var own = graph.Initializer.Select(i => i.Name).Concat(graph.Input.Select(i => i.Name)).Concat(graph.Node.SelectMany(n => n.Output)).ToHashSet(StringComparer.Ordinal);
        return graph.Node.SelectMany(Taken).Concat(graph.Output.Select(o => o.Name)).Where(v => !own.Contains(v));
    }

    private static void Rename(GraphProto graph, Dictionary<string, string> renamed)
    {
        foreach (TensorProto parameter in graph.Initializer) parameter.Name = renamed.GetValueOrDefault(parameter.Name, parameter.Name);
        foreach (ValueInfoProto output in graph.Output) output.Name = renamed.GetValueOrDefault(output.Name, output.Name);
        foreach (NodeProto node in graph.Node)
        {
            for (int i = 0; i < node.Input.Count; i++) node.Input[i] = renamed.GetValueOrDefault(node.Input[i], node.Input[i]);
            for (int i = 0; i < node.Output.Count; i++) node.Output[i] = renamed.GetValueOrDefault(node.Output[i], node.Output[i]);
            foreach (AttributeProto attribute in node.Attribute)
                if (attribute.G is not null) Rename(attribute.G, renamed);
        }
    }
}
