using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Graphs.Operators.Convolutions;
using CnnVis.Engine.Graphs.Operators.Normalization;
using CnnVis.Engine.Graphs.Operators.Products;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Walks;

/// <summary>
/// Derivatives of chosen values of a graph (heads) with respect to others (taps: the picture, or inner layers), by libtorch's autograd over
/// the same nodes as the <see cref="ForwardWalk"/>. Parameters need none, and nothing below the lowest tap is recorded. The graph is cut at
/// taps, heads, nodes with a rule, wherever branches part, and before each convolution or product; each piece between cuts is one call of autograd, so that
/// every node is gone through once however the network branches, a rule is plain code between two calls instead of a native callback, and a pass can be cancelled
/// between any two.
/// </summary>
public sealed class BackwardWalk
{
    private readonly HashSet<int> _unneeded = [];

    /// <param name="graph">The network.</param>
    /// <param name="heads">Names of the values to start from.</param>
    /// <param name="taps">Names of the values whose gradients are wanted; the graph's input among them for the picture's.</param>
    /// <param name="rule">What stands for the gradient of some nodes; null for the plain gradient.</param>
    public BackwardWalk(Graph graph, IReadOnlyList<string> heads, IReadOnlyList<string> taps, IBackwardRule? rule = null)
    {
        Plan = new WalkPlan(graph, [.. heads, .. taps]);
        (Graph, Heads, Taps, Rule) = (graph, [.. heads.Select(Plan.Slot)], [.. taps.Select(Plan.Slot)], rule);
        int count = Plan.Initial.Length;
        (IsLive, IsCut, IsRuled, Sources) = (new bool[count], new bool[count], new bool[count], new int[count][]);
        foreach (WalkStep step in Plan.Steps)
            if (step.Node.Operator is Conv or Gemm or BatchNormalization or { Type: OperatorNames.Add }) _unneeded.Add(step.Output);
        MarkLive();
        MarkCuts();
        FindSources();
    }

    internal Graph Graph { get; }

    internal WalkPlan Plan { get; }

    internal int[] Heads { get; }

    internal int[] Taps { get; }

    internal IBackwardRule? Rule { get; }

    /// <summary>By slot: whether the value depends on a tap, or is one.</summary>
    internal bool[] IsLive { get; }

    /// <summary>By slot: whether pieces meet at the value.</summary>
    internal bool[] IsCut { get; }

    /// <summary>By slot: whether the value's gradient goes down by the rule.</summary>
    internal bool[] IsRuled { get; }

    /// <summary>By slot of a cut value: the cut values that its piece begins with.</summary>
    internal int[][] Sources { get; }

    /// <summary>Computes the heads' values, and remembers what derivatives need.</summary>
    /// <param name="input">The graph's input; stays the caller's. No inference mode may be open.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    /// <exception cref="CnnVisException">libtorch refuses a step: memory is short, or shapes do not fit.</exception>
    public BackwardPass Run(Tensor input, CancellationToken cancellation = default) => new(this, input, cancellation);

    /// <summary>Whether a ReLU may work in place: nobody else has its input, and the derivative of the node that gave it needs only what that node was given.</summary>
    internal bool MayOverwrite(WalkStep step) => step.InPlace && step.Node.Operator.Type == OperatorNames.Relu && !IsRuled[step.Output] && !IsCut[step.Inputs[0]] && _unneeded.Contains(step.Inputs[0]);

    private void MarkLive()
    {
        foreach (int tap in Taps) IsLive[tap] = true;
        foreach (WalkStep step in Plan.Steps) IsLive[step.Output] |= step.Inputs.Any(s => s >= 0 && IsLive[s]);
    }

    private void MarkCuts()
    {
        foreach (int slot in (int[])[.. Heads, .. Taps]) IsCut[slot] = true;
        int[] uses = new int[IsCut.Length];
        foreach (WalkStep step in Plan.Steps)
        {
            foreach (int slot in step.Inputs.Where(s => s >= 0).Distinct()) uses[slot]++;
            if (step.Node.Operator.Traits.HasFlag(OperatorTraits.Product) && IsLive[step.Inputs[0]]) IsCut[step.Inputs[0]] = true;
            if (Rule is null || !IsLive[step.Output] || !Rule.AppliesTo(Graph, step.Node)) continue;
            IsRuled[step.Output] = IsCut[step.Output] = true;
            foreach (int slot in step.Inputs.Where(s => s >= 0)) IsCut[slot] = true;
        }
        for (int slot = 0; slot < uses.Length; slot++) IsCut[slot] = IsLive[slot] && (IsCut[slot] || uses[slot] > 1);
    }

    private void FindSources()
    {
        for (int slot = 0; slot < Sources.Length; slot++) Sources[slot] = [];
        foreach (WalkStep step in Plan.Steps)
            if (IsLive[step.Output] && !IsRuled[step.Output])
                Sources[step.Output] = [.. step.Inputs.Where(s => s >= 0 && IsLive[s]).SelectMany(s => IsCut[s] ? [s] : Sources[s]).Distinct()];
    }
}
