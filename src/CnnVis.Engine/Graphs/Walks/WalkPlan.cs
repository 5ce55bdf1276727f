using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Walks;

/// <summary>Which nodes chosen values need, in order, and when each value is used for the last time.</summary>
internal sealed class WalkPlan
{
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);

    /// <param name="graph">The network.</param>
    /// <param name="wanted">Names of the values that are kept to the end.</param>
    /// <param name="given">Names of the values that come from outside, in the order of their slots; the graph's input if left out.</param>
    public WalkPlan(Graph graph, IReadOnlyList<string> wanted, IReadOnlyList<string>? given = null)
    {
        given ??= [graph.Input];
        bool[] needed = Needed(graph, wanted, given);
        foreach (string value in given) Add(value);
        Node[] nodes = [.. graph.Nodes.Where((_, i) => needed[i])];
        var lastUse = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < nodes.Length; i++)
            foreach (string value in nodes[i].Inputs) lastUse[value] = i;
        foreach (string value in wanted) lastUse[value] = int.MaxValue;

        bool Dies(string value, int step) => graph.Producer(value) >= 0 && !given.Contains(value) && lastUse.GetValueOrDefault(value, -1) == step;
        Steps = new WalkStep[nodes.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            Node node = nodes[i];
            bool inPlace = node.Inputs.Count > 0 && Dies(node.Inputs[0], i) && node.Inputs.Count(v => v == node.Inputs[0]) == 1
                && !graph.Nodes[graph.Producer(node.Inputs[0])].Operator.SharesMemory;
            Steps[i] = new WalkStep(node, [.. node.Inputs.Select(Add)], Add(node.Output), [.. node.Inputs.Where(v => Dies(v, i)).Distinct().Select(Add)], inPlace);
        }
        Initial = new Tensor?[_slots.Count];
        foreach (var (name, slot) in _slots)
            if (graph.Parameters.TryGetValue(name, out Tensor? parameter)) Initial[slot] = parameter;
    }

    /// <summary>What to compute, in order.</summary>
    public WalkStep[] Steps { get; }

    /// <summary>Values by slot before anything runs: the parameters. The first slots are those of the values given.</summary>
    public Tensor?[] Initial { get; }

    /// <summary>The place of a value.</summary>
    public int Slot(string value) => _slots[value];

    private int Add(string value) => value.Length == 0 ? -1 : _slots.TryGetValue(value, out int slot) ? slot : _slots[value] = _slots.Count;

    private static bool[] Needed(Graph graph, IReadOnlyList<string> wanted, IReadOnlyList<string> given)
    {
        bool[] needed = new bool[graph.Nodes.Count];
        int Producer(string value) => given.Contains(value) ? -1 : graph.Producer(value);
        foreach (string value in wanted)
        {
            int producer = Producer(value);
            if (producer >= 0) needed[producer] = true;
            else if (!given.Contains(value)) throw new ArgumentException($"The graph has no value '{value}'.", nameof(wanted));
        }
        for (int i = needed.Length - 1; i >= 0; i--)
        {
            if (!needed[i]) continue;
            foreach (string value in graph.Nodes[i].Inputs)
                if (Producer(value) is >= 0 and int producer) needed[producer] = true;
        }
        return needed;
    }
}
