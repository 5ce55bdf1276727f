using System.Text.RegularExpressions;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators.Products;
using CnnVis.Engine.Graphs.Operators.Shapes;

namespace CnnVis.Engine.Models.Naming;

/// <summary>Calls a graph's layers by a scheme, in one walk over them.</summary>
/// <param name="scheme">The family's.</param>
/// <param name="graph">The network.</param>
/// <param name="paths">The module paths of its nodes.</param>
internal sealed class SchemeNames(NamingScheme scheme, Graph graph, IReadOnlyList<string> paths)
{
    private readonly (NamingRule? Rule, Match? Match)[] _matches = [.. paths.Select(path =>
        scheme.Rules.Select(rule => (Rule: (NamingRule?)rule, Match: (Match?)rule.Match(path))).FirstOrDefault(m => m.Match!.Success))];

    private readonly int _matrices = graph.Nodes.Count(n => n.Operator is Gemm);
    private readonly Dictionary<string, int> _modules = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _summed = new(StringComparer.Ordinal);
    private int _weighted, _matrix;
    private string _last = "", _stage = "";

    /// <summary>The names, in the nodes' order; some may repeat.</summary>
    public string[] All()
    {
        string[] labels = [.. _matches.Select(m => m.Rule?.Part is null ? "" : NamingRule.Fill(m.Rule.Label, m.Match!, Number))];
        Dictionary<string, int> weighted = labels.Where((_, i) => NodeKinds.IsWeighted(graph, graph.Nodes[i])).CountBy(label => label).ToDictionary(StringComparer.Ordinal);
        string[] names = new string[labels.Length];
        for (int i = 0; i < names.Length; i++)
        {
            var (rule, match) = _matches[i];
            names[i] = rule is null ? Counted(graph.Nodes[i])
                : rule.Part is null ? NamingRule.Fill(rule.Label, match!, Number)
                : InBlock(graph.Nodes[i], labels[i], NamingRule.Fill(rule.Part, match!, Number), alone: weighted.GetValueOrDefault(labels[i]) == 1);
        }
        return names;
    }

    private string InBlock(Node node, string label, string part, bool alone)
    {
        string kind = NodeKinds.Of(graph, node);
        if (NodeKinds.IsSum(graph, node)) _summed.Add(label);
        bool whole = _summed.Contains(label) || node.Operator is Concat; // what a block gives carries its label alone
        if (whole) return Named(kind, label);
        if (NodeKinds.IsWeighted(graph, node) && part.Length == 0 && !alone) part = $"{_counts[label] = _counts.GetValueOrDefault(label) + 1}";
        return Named(kind, part.Length > 0 ? $"{label}_{part}" : _last.StartsWith(label + "_", StringComparison.Ordinal) ? _last : label);
    }

    private string Counted(Node node)
    {
        string kind = NodeKinds.Of(graph, node);
        if (kind is "flatten" or "prob" or "mean" or "deviation") return kind;
        if (node.Operator is Gemm)
        {
            string name = _matrices == 1 ? kind : $"{kind}{++_matrix}";
            _stage = "_" + name;
            return name;
        }
        return NodeKinds.IsWeighted(graph, node) ? Named(kind, $"{++_weighted}") : kind + _stage;
    }

    /// <summary>Kind and number; what follows outside of blocks carries the number's first part.</summary>
    private string Named(string kind, string number)
    {
        (_last, _stage) = (number, number.Split('_')[0]);
        return kind + number;
    }

    /// <summary>The number of a module, counted through with the convolutions that stand alone.</summary>
    private int Number(string module)
    {
        if (!_modules.TryGetValue(module, out int number)) _modules[module] = number = ++_weighted;
        _stage = $"{number}";
        return number;
    }
}
