using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Walks;

/// <summary>
/// Computes chosen values of a graph. The plan is made once: only nodes that a tap needs, in order, each value freed after its last use,
/// so that the pass ends at the last layer asked for.
/// </summary>
public sealed class ForwardWalk
{
    private readonly Step[] _steps;
    private readonly Tensor?[] _slots;
    private readonly int[] _taps;
    private readonly int _inputSlot;

    /// <param name="Node">What to compute.</param>
    /// <param name="Inputs">Slots of its inputs; -1 for one left out.</param>
    /// <param name="Output">Slot of its output.</param>
    /// <param name="Dying">Slots that nobody needs afterwards.</param>
    /// <param name="InPlace">Whether the first input dies here and was computed by the walk, so that it may be overwritten.</param>
    private sealed record Step(Node Node, int[] Inputs, int Output, int[] Dying, bool InPlace);

    /// <param name="graph">The network.</param>
    /// <param name="taps">Names of the values wanted; they come back in this order.</param>
    public ForwardWalk(Graph graph, IReadOnlyList<string> taps)
    {
        bool[] needed = Needed(graph, taps);
        var slots = new Dictionary<string, int>(StringComparer.Ordinal) { [graph.Input] = 0 };
        int Slot(string value) => value.Length == 0 ? -1 : slots.TryGetValue(value, out int slot) ? slot : slots[value] = slots.Count;

        Node[] nodes = [.. graph.Nodes.Where((_, i) => needed[i])];
        var lastUse = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < nodes.Length; i++)
            foreach (string value in nodes[i].Inputs) lastUse[value] = i;
        foreach (string tap in taps) lastUse[tap] = int.MaxValue;

        bool Dies(string value, int step) => graph.Producer(value) >= 0 && lastUse.GetValueOrDefault(value, -1) == step;
        _steps = new Step[nodes.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            Node node = nodes[i];
            bool inPlace = node.Inputs.Count > 0 && Dies(node.Inputs[0], i) && node.Inputs.Count(v => v == node.Inputs[0]) == 1
                && !graph.Nodes[graph.Producer(node.Inputs[0])].Operator.SharesMemory;
            _steps[i] = new Step(node, [.. node.Inputs.Select(Slot)], Slot(node.Output), [.. node.Inputs.Where(v => Dies(v, i)).Distinct().Select(Slot)], inPlace);
        }
        _taps = [.. taps.Select(Slot)];
        _inputSlot = 0;
        _slots = new Tensor?[slots.Count];
        foreach (var (name, slot) in slots)
            if (graph.Parameters.TryGetValue(name, out Tensor? parameter)) _slots[slot] = parameter;
    }

    /// <summary>Nodes that the plan computes.</summary>
    public int StepCount => _steps.Length;

    /// <summary>Runs the plan.</summary>
    /// <param name="input">The graph's input; stays the caller's.</param>
    /// <param name="cancellation">Ends it between two steps.</param>
    /// <returns>The taps' values, attached to the caller's dispose scope.</returns>
    /// <exception cref="CnnVisException">libtorch refuses a step: memory is short, or shapes do not fit.</exception>
    public Tensor[] Run(Tensor input, CancellationToken cancellation = default)
    {
        Tensor?[] values = (Tensor?[])_slots.Clone();
        values[_inputSlot] = input;
        foreach (Step step in _steps)
        {
            cancellation.ThrowIfCancellationRequested();
            Tensor?[] inputs = new Tensor?[step.Inputs.Length];
            for (int i = 0; i < inputs.Length; i++) inputs[i] = step.Inputs[i] < 0 ? null : values[step.Inputs[i]];
            Tensor output = Compute(step, inputs);
            values[step.Output] = output;
            foreach (int slot in step.Dying)
            {
                if (!ReferenceEquals(values[slot], output)) values[slot]!.Dispose();
                values[slot] = null;
            }
        }
        return [.. _taps.Select(slot => values[slot]!)];
    }

    private static Tensor Compute(Step step, Tensor?[] inputs)
    {
        try
        {
            return step.InPlace ? step.Node.Operator.ForwardInPlace(inputs) : step.Node.Operator.Forward(inputs);
        }
        catch (ExternalException e)
        {
            // libtorch's messages carry its whole stack below their first line.
            throw new CnnVisException(ErrorIds.ComputationFailed, $"Layer '{step.Node.Name}' ({step.Node.Operator.Type}) cannot be computed: {e.Message.Trim().Split('\n')[0]}", step.Node.Name, e);
        }
    }

    private static bool[] Needed(Graph graph, IReadOnlyList<string> taps)
    {
        bool[] needed = new bool[graph.Nodes.Count];
        foreach (string tap in taps)
        {
            int producer = graph.Producer(tap);
            if (producer >= 0) needed[producer] = true;
            else if (tap != graph.Input) throw new ArgumentException($"The graph has no value '{tap}'.", nameof(taps));
        }
        for (int i = needed.Length - 1; i >= 0; i--)
        {
            if (!needed[i]) continue;
            foreach (string value in graph.Nodes[i].Inputs)
                if (graph.Producer(value) is >= 0 and int producer) needed[producer] = true;
        }
        return needed;
    }
}
