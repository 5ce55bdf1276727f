using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Engine.Targets;

/// <summary>One forward pass and, for each target, a backward pass that shares it.</summary>
internal sealed class TargetGradients : IDisposable
{
    private readonly TargetHeads _heads;
    private readonly BackwardPass _pass;
    private readonly CancellationToken _cancellation;

    /// <param name="network">The network.</param>
    /// <param name="pixels">[N, C, H, W].</param>
    /// <param name="targets">What to differentiate.</param>
    /// <param name="taps">Names of the values at which gradients are wanted.</param>
    /// <param name="rule">What stands for the gradient of some nodes; null for the plain one.</param>
    /// <param name="cancellation">Ends it between two nodes, here and on the way back.</param>
    public TargetGradients(Network network, Tensor pixels, IReadOnlyList<ITarget> targets, IReadOnlyList<string> taps, IBackwardRule? rule, CancellationToken cancellation)
        : this(heads => network.Backward(heads, taps, rule), pixels, targets, cancellation) { }

    /// <summary>The same in a graph that is made for this once.</summary>
    public TargetGradients(Graph graph, Tensor pixels, IReadOnlyList<ITarget> targets, IReadOnlyList<string> taps, IBackwardRule rule, CancellationToken cancellation)
        : this(heads => new BackwardWalk(graph, heads, taps, rule), pixels, targets, cancellation) { }

    private TargetGradients(Func<string[], BackwardWalk> walk, Tensor pixels, IReadOnlyList<ITarget> targets, CancellationToken cancellation)
    {
        (_heads, _cancellation) = (new TargetHeads(targets), cancellation);
        _pass = walk(_heads.Values).Run(pixels, cancellation);
        Targets = [.. targets.Select((t, i) => ChosenTarget.Of(t, _pass.Head(_heads[i])))];
    }

    /// <summary>The targets as they were found.</summary>
    public IReadOnlyList<ChosenTarget> Targets { get; }

    /// <summary>Value of a tap.</summary>
    public Tensor Tap(int index) => _pass.Tap(index);

    /// <summary>Gradients of one target at the taps. Ask for the targets in their order, each once: the last call frees what they shared.</summary>
    /// <param name="target">Which.</param>
    /// <param name="seed">What starts at the target's value; null for 1 at its number.</param>
    public Tensor[] Of(int target, Func<ChosenTarget, Tensor, Tensor>? seed = null)
    {
        Tensor?[] seeds = new Tensor?[_heads.Values.Length];
        Tensor head = _pass.Head(_heads[target]).detach();
        seeds[_heads[target]] = seed?.Invoke(Targets[target], head) ?? Targets[target].Seed(head);
        return _pass.Backward(seeds, keep: target < Targets.Count - 1, _cancellation);
    }

    public void Dispose() => _pass.Dispose();
}
