using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Walks;

/// <summary>
/// Computes chosen values of a graph. The plan is made once: only nodes that a tap needs, in order, each value freed after its last use,
/// so that the pass ends at the last layer asked for.
/// </summary>
public sealed class ForwardWalk
{
    private readonly WalkPlan _plan;
    private readonly int[] _taps;

    /// <param name="graph">The network.</param>
    /// <param name="taps">Names of the values wanted; they come back in this order.</param>
    /// <param name="given">Names of the values that it begins with; the graph's input if left out.</param>
    public ForwardWalk(Graph graph, IReadOnlyList<string> taps, IReadOnlyList<string>? given = null)
    {
        _plan = new WalkPlan(graph, taps, given);
        _taps = [.. taps.Select(_plan.Slot)];
    }

    /// <summary>Nodes that the plan computes.</summary>
    public int StepCount => _plan.Steps.Length;

    /// <summary>Runs the plan.</summary>
    /// <param name="input">The graph's input; stays the caller's.</param>
    /// <param name="cancellation">Ends it between two steps.</param>
    /// <returns>The taps' values, attached to the caller's dispose scope.</returns>
    /// <exception cref="CnnVisException">libtorch refuses a step: memory is short, or shapes do not fit.</exception>
    public Tensor[] Run(Tensor input, CancellationToken cancellation = default) => Run([input], cancellation);

    /// <summary>Runs the plan.</summary>
    /// <param name="given">The values that it begins with; they stay the caller's.</param>
    /// <param name="cancellation">Ends it between two steps.</param>
    /// <returns>The taps' values, attached to the caller's dispose scope.</returns>
    /// <exception cref="CnnVisException">libtorch refuses a step: memory is short, or shapes do not fit.</exception>
    public Tensor[] Run(IReadOnlyList<Tensor> given, CancellationToken cancellation = default)
    {
        Tensor?[] values = (Tensor?[])_plan.Initial.Clone();
        for (int i = 0; i < given.Count; i++) values[i] = given[i];
        foreach (WalkStep step in _plan.Steps)
        {
            cancellation.ThrowIfCancellationRequested();
            Tensor output = step.Compute(step.Take(values), step.InPlace);
            values[step.Output] = output;
            foreach (int slot in step.Dying)
            {
                if (!ReferenceEquals(values[slot], output)) values[slot]!.Dispose();
                values[slot] = null;
            }
        }
        return [.. _taps.Select(slot => values[slot]!)];
    }
}
