using CnnVis.Engine.Graphs;

namespace CnnVis.Engine.Models.Naming;

/// <summary>
/// Names in the papers' style for any network: by the <see cref="NamingSchemes">scheme</see> of its family where its own names tell one, and counted
/// through (<see cref="CountedNames"/>) otherwise.
/// </summary>
internal static class LayerNames
{
    /// <summary>The aliases of the graph's nodes, in their order: each stands for one layer only, whether aliases are meant or the network's own names.</summary>
    public static string[] Of(Graph graph)
    {
        string[] paths = [.. graph.Nodes.Select(n => ModulePath.Of(n.Name))];
        string[] names = NamingSchemes.Of(paths) is { } scheme ? new SchemeNames(scheme, graph, paths).All() : CountedNames.Of(graph);
        var owners = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < names.Length; i++) owners.TryAdd(graph.Nodes[i].Name, i);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var copies = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < names.Length; i++)
        {
            string wish = names[i];
            while (owners.GetValueOrDefault(names[i], i) != i || !taken.Add(names[i]))
            {
                int copy = copies[wish] = copies.GetValueOrDefault(wish, 1) + 1;
                names[i] = $"{wish}_{copy}";
            }
        }
        return names;
    }
}
