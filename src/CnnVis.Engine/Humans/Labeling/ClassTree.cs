using CnnVis.Engine.Tables;

namespace CnnVis.Engine.Humans.Labeling;

/// <summary>
/// A hierarchy of classes, as WordNet's, from a table with a row a node: its name (class, child or name) and its parent; of a node with several parents the first counts. Or a row a class, with its whole path
/// (<c>animal/dog/hound</c>) in the column path. Nodes come in the order of the table.
/// </summary>
public sealed class ClassTree
{
    private readonly Dictionary<string, string> _parents = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<string>> _children = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _nodes = [];

    private ClassTree() { }

    /// <exception cref="CnnVisException">The file cannot be read, lacks a column, or a node is its own ancestor.</exception>
    public static ClassTree Read(string path, Action<CnnVisException> report)
    {
        var tree = new ClassTree();
        DelimitedFile file = DelimitedFile.Open(path);
        int name = file.Require("the class", "class", "child", "name", "node", "class_name", "label"), parent = file.Find("parent", "hypernym", "is_a"), whole = parent < 0 ? file.Require("the parent", "path", "parents") : -1;
        foreach (var (_, fields) in file.ReadableRows(report))
        {
            if (parent >= 0) tree.Add(fields[name].Trim(), fields[parent].Trim());
            else tree.AddPath(fields[name].Trim(), fields[whole].Split(['/', '>', '›', '|'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }
        foreach (string node in tree._nodes) tree.Ancestors(node, path);
        return tree;
    }

    /// <summary>The classes in the order in which one meets them from the root down, each with the names of the nodes above it, the root left out where it is one; classes that the tree lacks come last, by name.</summary>
    public IReadOnlyList<(string Name, string Group)> Order(IReadOnlyList<string> classes)
    {
        Dictionary<string, int> places = new(StringComparer.OrdinalIgnoreCase);
        string[] roots = [.. _nodes.Where(n => !_parents.ContainsKey(n))];
        Stack<string> open = new(roots.Reverse());
        while (open.TryPop(out string? node))
        {
            places[node] = places.Count;
            foreach (string child in Enumerable.Reverse(_children.GetValueOrDefault(node, []))) open.Push(child);
        }
        int skipped = roots.Length == 1 ? 1 : 0;
        return [.. classes.OrderBy(c => places.GetValueOrDefault(c, int.MaxValue)).ThenBy(c => c, StringComparer.OrdinalIgnoreCase).Select(c => (c, places.ContainsKey(c) ? string.Join(" › ", Enumerable.Reverse(Ancestors(c, "")).Skip(skipped)) : ""))];
    }

    private void AddPath(string name, string[] above)
    {
        string[] nodes = above.Length > 0 && above[^1].Equals(name, StringComparison.OrdinalIgnoreCase) ? above : [.. above, name];
        for (int i = 0; i < nodes.Length; i++) Add(nodes[i], i == 0 ? "" : nodes[i - 1]);
    }

    private void Add(string name, string parent)
    {
        foreach (string node in (string[])[parent, name])
            if (node.Length > 0 && _children.TryAdd(node, [])) _nodes.Add(node);
        if (name.Length > 0 && parent.Length > 0 && _parents.TryAdd(name, parent)) _children[parent].Add(name);
    }

    private List<string> Ancestors(string node, string path)
    {
        List<string> above = [];
        for (string current = node; _parents.TryGetValue(current, out string? parent); current = parent)
        {
            if (above.Count > _nodes.Count) throw new CnnVisException(ErrorIds.InvalidArgument, $"'{node}' is its own ancestor in '{path}': a hierarchy has no circles.", path);
            above.Add(parent);
        }
        return above;
    }
}
