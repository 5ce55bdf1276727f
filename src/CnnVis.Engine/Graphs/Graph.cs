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
    /// <param name="others">Names of values that are outputs beside it.</param>
    /// <exception cref="CnnVisException">A value has two sources or none, names repeat, or the nodes run in a circle.</exception>
    public Graph(string input, long[] inputShape, IReadOnlyList<Node> nodes, IReadOnlyDictionary<string, Tensor> parameters, string output, IReadOnlyList<string>? others = null)
    {
        (Input, InputShape, Parameters, Output) = (input, inputShape.Length == 0 ? [] : [1, .. inputShape[1..]], parameters, output);
        Nodes = Sorted(nodes);
        for (int i = 0; i < Nodes.Count; i++)
        {
            _producers[Nodes[i].Output] = i;
            _byName[Nodes[i].Name] = i;
        }
        if (!_producers.ContainsKey(output)) throw new CnnVisException(ErrorIds.ModelUnreadable, $"No node of the network gives its output '{output}'.", output);
        Outputs = [output, .. (others ?? []).Where(o => o != output && _producers.ContainsKey(o)).Distinct(StringComparer.Ordinal)];
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

    /// <summary>Names of all outputs, <see cref="Output"/> first.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>Index of the node that gives a value, or -1 for the input and parameters.</summary>
    public int Producer(string value) => _producers.GetValueOrDefault(value, -1);

    /// <summary>Index of the node of that name, or -1.</summary>
    public int IndexOf(string name) => _byName.GetValueOrDefault(name, -1);

    /// <summary>The same network with its parameters on another device.</summary>
    public Graph To(Device device) =>
        new(Input, [.. InputShape], Nodes, Parameters.ToDictionary(p => p.Key, p => p.Value.to(device, copy: true).DetachFromDisposeScope(), StringComparer.Ordinal), Output, Outputs);

    /// <summary>The same network without some nodes, which nothing else needs; shares its parameters.</summary>
    public Graph Without(IReadOnlySet<string> names)
    {
        if (names.Count == 0) return this;
        Node[] kept = [.. Nodes.Where(n => !names.Contains(n.Name))];
        var used = kept.SelectMany(n => n.Inputs).ToHashSet(StringComparer.Ordinal);
        return new Graph(Input, [.. InputShape], kept, Parameters.Where(p => used.Contains(p.Key)).ToDictionary(StringComparer.Ordinal), Output, Outputs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor parameter in Parameters.Values) parameter.Dispose();
    }

    private List<Node> Sorted(IReadOnlyList<Node> nodes)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (Node node in nodes)
            if (!names.Add(node.Name)) throw new CnnVisException(ErrorIds.ModelUnreadable, $"Two nodes are called '{node.Name}'.", node.Name);
        return TopologicalOrder.Of(nodes, n => n.ToString(), n => [n.Output], n => n.Inputs, value => value == Input || Parameters.ContainsKey(value));
    }
}
