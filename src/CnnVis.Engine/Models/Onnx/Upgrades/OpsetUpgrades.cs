namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>Applies every <see cref="IOpsetUpgrade"/> of this assembly, those of the oldest operator sets first.</summary>
internal static class OpsetUpgrades
{
    private static readonly IOpsetUpgrade[] _rules = [.. typeof(IOpsetUpgrade).Assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(IOpsetUpgrade)) && !type.IsAbstract)
        .OrderBy(type => type.Name, StringComparer.Ordinal)
        .Select(type => (IOpsetUpgrade)Activator.CreateInstance(type)!)
        .OrderBy(rule => rule.Until)];

    /// <summary>The node in today's form; what a rule puts in its place goes through the later rules too.</summary>
    /// <param name="node">May be changed.</param>
    /// <param name="opset">The file's operator set.</param>
    /// <param name="names">Names of the file's values.</param>
    public static IReadOnlyList<NodeProto> Apply(NodeProto node, int opset, ValueNames names)
    {
        if (!OnnxOpset.IsDefault(node.Domain)) return [node];
        NodeProto[] nodes = [node];
        foreach (IOpsetUpgrade rule in _rules)
            if (opset < rule.Until && nodes.Any(n => rule.Types.Contains(n.OpType)))
                nodes = [.. nodes.SelectMany(n => rule.Types.Contains(n.OpType) ? rule.Upgrade(n, opset, names) : [n])];
        return nodes;
    }
}
