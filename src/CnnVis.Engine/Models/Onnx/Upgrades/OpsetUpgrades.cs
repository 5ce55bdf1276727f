namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>Applies every <see cref="IOpsetUpgrade"/> of this assembly, those of the oldest operator sets first.</summary>
internal static class OpsetUpgrades
{
    private static readonly IOpsetUpgrade[] _rules = [.. typeof(IOpsetUpgrade).Assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(IOpsetUpgrade)) && !type.IsAbstract)
        .OrderBy(type => type.Name, StringComparer.Ordinal)
        .Select(type => (IOpsetUpgrade)Activator.CreateInstance(type)!)
        .OrderByDescending(rule => rule.Domain.Length) // others' operators first: what they become are ONNX's
        .ThenBy(rule => rule.Until)];

    /// <summary>The node in today's form; what a rule puts in its place goes through the later rules too.</summary>
    /// <param name="node">May be changed.</param>
    /// <param name="opset">The file's operator set.</param>
    /// <param name="names">Names of the file's values.</param>
    public static IReadOnlyList<NodeProto> Apply(NodeProto node, int opset, ValueNames names)
    {
        IReadOnlyList<NodeProto> nodes = [node];
        foreach (IOpsetUpgrade rule in _rules)
            if (opset < rule.Until && nodes.Any(n => Fits(rule, n)))
                nodes = [.. nodes.SelectMany(n => Fits(rule, n) ? rule.Upgrade(n, opset, names) : [n])];
        return nodes;
    }

    private static bool Fits(IOpsetUpgrade rule, NodeProto node) => rule.Types.Contains(node.OpType) && (rule.Domain.Length == 0 ? OnnxOpset.IsDefault(node.Domain) : rule.Domain == node.Domain);
}
