using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs;

/// <summary>
/// A network as data: nodes in topological order over named values, and the parameters. Everything that the engine does with a network
/// is a walk over this list (see <c>Walks</c>). Immutable; owns its parameters.
/// </summary>
public sealed class Graph : IDisposable
{
    private readonly Dictionary<string, int> _producers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);

    /// <param name="input">Name of the one value that comes from outside.</param>
    /// <param name="inputShape">Its dimensions; the first is the batch and is ignored.</param>
    /// <param name="nodes">In any order; sorted here so that each follows what it needs.</param>
    /// <param name="parameters">Trained and constant values by name. The graph takes them over.</param>
    /// <param name="output">Name of the value that is the network's answer.</param>
    /// <exception cref="CnnVisException">A value has two sources or none, names repeat, or the nodes run in a circle.</exception>
    public Graph(string input, long[] inputShape, IReadOnlyList<Node> nodes, IReadOnlyDictionary<string, Tensor> parameters, string output)
    {
        (Input, InputShape, Parameters, Output) = (input, [1, .. inputShape[1..]], parameters, output);
        Nodes = Sorted(nodes);
        for (int i = 0; i < Nodes.Count; i++)
        {
            _producers[Nodes[i].Output] = i;
            _byName[Nodes[i].Name] = i;
        }
        if (!_producers.ContainsKey(output)) throw new CnnVisException(ErrorIds.ModelUnreadable, $"No node of the network gives its output '{output}'.", output);
    }

    /// <summary>Name of the value that comes from outside.</summary>
    public string Input { get; }

    /// <summary>Shape of the input for a batch of one.</summary>
    public IReadOnlyList<long> InputShape { get; }

    /// <summary>The steps, each after what it needs.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>Trained and constant values by name.</summary>
    public IReadOnlyDictionary<string, Tensor> Parameters { get; }

    /// <summary>Name of the network's answer.</summary>
    public string Output { get; }

    /// <summary>Index of the node that gives a value, or -1 for the input and parameters.</summary>
    public int Producer(string value) => _producers.GetValueOrDefault(value, -1);

    /// <summary>Index of the node of that name, or -1.</summary>
    public int IndexOf(string name) => _byName.GetValueOrDefault(name, -1);

    /// <summary>The same network with its parameters on another device.</summary>
    public Graph To(Device device) =>
        new(Input, [.. InputShape], Nodes, Parameters.ToDictionary(p => p.Key, p => p.Value.to(device, copy: true).DetachFromDisposeScope(), StringComparer.Ordinal), Output);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor parameter in Parameters.Values) parameter.Dispose();
    }

    /// <summary>Kahn's algorithm, keeping the given order where it is already right.</summary>
    private List<Node> Sorted(IReadOnlyList<Node> nodes)
    {
        var sources = new Dictionary<string, Node>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (Node node in nodes)
        {
            if (!names.Add(node.Name)) throw new CnnVisException(ErrorIds.ModelUnreadable, $"Two nodes are called '{node.Name}'.", node.Name);
            if (node.Output == Input || Parameters.ContainsKey(node.Output) || !sources.TryAdd(node.Output, node))
                throw new CnnVisException(ErrorIds.ModelUnreadable, $"The value '{node.Output}' has two sources.", node.Output);
        }

        var missing = new Dictionary<Node, int>(ReferenceEqualityComparer.Instance);
        var users = new Dictionary<string, List<Node>>(StringComparer.Ordinal);
        var ready = new PriorityQueue<Node, int>();
        var place = new Dictionary<Node, int>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < nodes.Count; i++)
        {
            Node node = nodes[i];
            place[node] = i;
            string[] computed = [.. node.Inputs.Where(v => v.Length > 0 && v != Input && !Parameters.ContainsKey(v)).Distinct(StringComparer.Ordinal)];
            foreach (string value in computed)
            {
                if (!sources.ContainsKey(value)) throw new CnnVisException(ErrorIds.ModelUnreadable, $"{node} takes '{value}', which nothing gives.", node.Name);
                if (!users.TryGetValue(value, out var list)) users[value] = list = [];
                list.Add(node);
            }
            missing[node] = computed.Length;
            if (computed.Length == 0) ready.Enqueue(node, i);
        }

        var sorted = new List<Node>(nodes.Count);
        while (ready.TryDequeue(out Node? node, out _))
        {
            sorted.Add(node);
            foreach (Node user in users.GetValueOrDefault(node.Output, []))
                if (--missing[user] == 0) ready.Enqueue(user, place[user]);
        }
        if (sorted.Count < nodes.Count) throw new CnnVisException(ErrorIds.ModelUnreadable, "The network's nodes run in a circle.", nodes.First(n => !sorted.Contains(n)).Name);
        return sorted;
    }
}
