using CnnVis.Engine.Graphs.Walks;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Patches;

/// <summary>
/// How the answers for one picture, occluded at many positions, are computed: the first nodes only where they can change (<see cref="Steps"/>),
/// those behind them whole (<see cref="Rest"/>). Where the one ends and the other begins is chosen by what they cost.
/// </summary>
internal sealed class PatchPlan : IDisposable
{
    /// <summary>Floats that a group's gathered inputs or outputs may take: what fits a cache, and what memory is kept for.</summary>
    public const long UsualGroupSize = 1 << 22;

    /// <summary>Share of the plain way's expected time that patches may take at most: the two were seen to be off against each other by half.</summary>
    private const double Sure = 2.0 / 3;

    private readonly Graph _graph;
    private readonly ShapeWalk _shapes;
    private readonly IReadOnlyList<string> _wanted;
    private readonly Node[] _nodes;
    private readonly HashSet<string> _changing;
    private readonly Dictionary<string, PatchMap> _maps = new(StringComparer.Ordinal);
    private readonly List<PatchStep> _steps = [];
    private readonly int _positions;

    /// <param name="graph">The network.</param>
    /// <param name="rows">Rows of the picture that the occluder covers, by place.</param>
    /// <param name="columns">Columns likewise.</param>
    /// <param name="answers">Values that are wanted whole.</param>
    /// <param name="summed">Maps of which sums are wanted.</param>
    /// <param name="steps">Nodes at most that are computed by patches; null lets the cost decide.</param>
    /// <param name="groupSize">Floats that positions computed together may take.</param>
    public PatchPlan(Graph graph, AxisRegions rows, AxisRegions columns, IReadOnlyList<string> answers, IReadOnlyList<string> summed, int? steps = null, long groupSize = UsualGroupSize)
    {
        (_graph, _shapes, Answers, Summed, GroupSize, _positions) = (graph, new ShapeWalk(graph), answers, summed, groupSize, rows.Start.Length * columns.Start.Length);
        _wanted = [.. answers.Concat(summed)];
        _nodes = [.. new WalkPlan(graph, _wanted).Steps.Select(s => s.Node)];
        _changing = [graph.Input];
        foreach (Node node in _nodes)
            if (node.Inputs.Any(_changing.Contains)) _changing.Add(node.Output);

        Input = new PatchMap(graph.Input, (int)graph.InputShape[1], rows, columns);
        _maps[graph.Input] = Input;
        foreach (Node node in _nodes.Where(n => Changes(n.Output)))
            if (PatchRules.Of(node.Operator, _shapes.Operands(node))?.Step(this, node) is { } step)
            {
                _steps.Add(step);
                if (step.Output is { } map) _maps[node.Output] = map;
            }
        int kept = steps is { } most ? Math.Min(most, _steps.Count) : Cheapest();
        foreach (PatchStep step in _steps.Skip(kept))
        {
            _maps.Remove(step.Node.Output);
            (step as IDisposable)?.Dispose();
        }
        _steps.RemoveRange(kept, _steps.Count - kept);

        GivenValues = [.. Given(kept)];
        string[] rest = [.. answers, .. summed.Where(v => !IsSummed(v))];
        Rest = new ForwardWalk(graph, rest, GivenValues);
        Base = [.. _steps.SelectMany(s => s.BaseValues.Concat(s.Node.Inputs.Where(v => !Changes(v)))).Concat(GivenValues.Where(_maps.ContainsKey)).Concat(_wanted)
            .Where(v => v.Length > 0 && !graph.Parameters.ContainsKey(v)).Distinct()];
    }

    /// <summary>What changes of the picture.</summary>
    public PatchMap Input { get; }

    /// <summary>Nodes that are computed where they can change, in order.</summary>
    public IReadOnlyList<PatchStep> Steps => _steps;

    /// <summary>Values that the rest of the network takes from the steps.</summary>
    public IReadOnlyList<string> GivenValues { get; }

    /// <summary>Computes, from <see cref="GivenValues"/>, <see cref="Answers"/> and those of <see cref="Summed"/> that no step gives.</summary>
    public ForwardWalk Rest { get; }

    /// <summary>Values wanted whole.</summary>
    public IReadOnlyList<string> Answers { get; }

    /// <summary>Maps of which sums are wanted.</summary>
    public IReadOnlyList<string> Summed { get; }

    /// <summary>Floats that positions computed together may take.</summary>
    public long GroupSize { get; }

    /// <summary>Values of the unchanged picture that are needed.</summary>
    public List<string> Base { get; }

    /// <summary>Seconds that the steps are expected to take for all positions.</summary>
    public double StepsCost => _steps.Sum(s => s.Cost);

    /// <summary>Seconds that the rest is expected to take for all positions.</summary>
    public double RestCost => WholeCost(_steps.Count);

    /// <summary>Multiplications-with-addition for all positions.</summary>
    public double MultiplyAdds => _steps.Sum(s => s.MultiplyAdds) + (double)_positions * Whole(_steps.Count).Sum(n => (double)_shapes.MultiplyAdds(n));

    /// <summary>Numbers of all patches that are in memory together, over all positions.</summary>
    public double LiveSize => _steps.Select(s => s.Node.Inputs.Append(s.Node.Output).Distinct().Sum(v => _maps.TryGetValue(v, out PatchMap? map) ? (double)map.Size : 0)).DefaultIfEmpty(0).Max() * 2;

    /// <summary>Whether a value follows from the picture.</summary>
    public bool Changes(string value) => _changing.Contains(value);

    /// <summary>Where a value changes; null where that is not known.</summary>
    public PatchMap? Map(string value) => _maps.GetValueOrDefault(value);

    /// <summary>A trained or constant value, or null.</summary>
    public Tensor? Parameter(string value) => _graph.Parameters.GetValueOrDefault(value);

    /// <summary>Dimensions of any value, with a batch of one.</summary>
    public IReadOnlyList<long> Shape(string value) => Parameter(value) is { } parameter ? parameter.shape : _shapes[value];

    /// <summary>Multiplications-with-addition for one place of a node's output map.</summary>
    public double MultiplyAddsAPlace(Node node) => _shapes[node.Output] is [_, _, var height, var width] ? (double)_shapes.MultiplyAdds(node) / (height * width) : 0;

    /// <summary>Whether a node may overwrite its first input.</summary>
    public bool IsLastUse(Node node)
    {
        string value = node.Inputs[0];
        return _graph.Producer(value) is >= 0 and var producer && !_graph.Nodes[producer].Operator.SharesMemory && !_wanted.Contains(value)
            && _nodes.Sum(n => n.Inputs.Count(v => v == value)) == 1;
    }

    /// <summary>The one node that takes a value, where it takes it once and nobody else wants it; null otherwise.</summary>
    public Node? OnlyUser(string value) => !_wanted.Contains(value) && _nodes.Where(n => n.Inputs.Contains(value)).Take(2).ToArray() is [var user] && user.Inputs.Count(v => v == value) == 1 ? user : null;

    /// <summary>The step that gives a value, or null.</summary>
    public PatchStep? Producer(string value) => _steps.FirstOrDefault(s => s.Node.Output == value);

    /// <summary>Whether the steps give the sums of a value; otherwise it has to be computed whole.</summary>
    public bool IsSummed(string value) => Map(value) is { IsFolded: false };

    /// <summary>The last step that uses the memory of each map's value.</summary>
    public Dictionary<string, PatchStep> LastUses()
    {
        var last = new Dictionary<string, PatchStep>(StringComparer.Ordinal);
        foreach (PatchStep step in _steps)
            foreach (string value in step.Node.Inputs.Append(step.Node.Output))
                if (Map(value) is { } map) last[map.Value] = step;
        foreach (string value in GivenValues)
            if (Map(value) is { } map) last.Remove(map.Value);
        return last;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var step in _steps.OfType<IDisposable>()) step.Dispose();
        _shapes.Dispose();
    }

    private IEnumerable<Node> Changing => _nodes.Where(n => Changes(n.Output));

    /// <summary>Nodes that are computed whole when the first so many steps are not.</summary>
    private IEnumerable<Node> Whole(int steps)
    {
        var patched = _steps.Take(steps).Select(s => s.Node.Output).ToHashSet(StringComparer.Ordinal);
        return Changing.Where(n => !patched.Contains(n.Output));
    }

    /// <summary>Values that the whole nodes take from the first so many steps, or that are wanted of them.</summary>
    private IEnumerable<string> Given(int steps)
    {
        var patched = _steps.Take(steps).Select(s => s.Node.Output).Append(_graph.Input).ToHashSet(StringComparer.Ordinal);
        return Whole(steps).SelectMany(n => n.Inputs).Concat(Answers).Concat(Summed.Where(v => !IsSummed(v))).Where(patched.Contains).Distinct();
    }

    /// <summary>Steps after which everything else is best computed whole; 0 where patches do not pay at all.</summary>
    private int Cheapest()
    {
        double[] patched = new double[_steps.Count + 1];
        for (int i = 0; i < _steps.Count; i++) patched[i + 1] = patched[i] + _steps[i].Cost;
        int best = Enumerable.Range(0, patched.Length).MinBy(i => patched[i] + WholeCost(i));
        return patched[best] + WholeCost(best) <= Sure * WholeCost(0) ? best : 0;
    }

    private double WholeCost(int steps)
    {
        double cost = 0;
        foreach (Node node in Whole(steps)) cost += PatchCost.Arithmetic(_shapes.MultiplyAdds(node)) + PatchCost.Memory(Size(node.Output) * (node.Inputs.Count(Changes) + 1.0));
        foreach (string value in Given(steps)) cost += PatchCost.Memory(2 * Size(value));
        return cost * _positions;
    }

    private double Size(string value) => Shape(value).Aggregate(1.0, (a, b) => a * b);
}
