using System.Runtime.InteropServices;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Patches;
using CnnVis.Engine.Graphs.Walks;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Occlusion;

/// <summary>
/// One pass for the picture as it is; then for each position only what the occluder can reach of each map, put over the stored values, and the rest of
/// the network as ever (Nakandala, Kumar and Papakonstantinou, SIGMOD 2019). Equal to full recomputation within rounding.
/// </summary>
internal sealed class IncrementalEvaluation : IOcclusionEvaluator, IDisposable
{
    /// <summary>Floats of patches in memory at a time.</summary>
    private const double PatchMemory = 1e8;

    private readonly OcclusionTaps _taps;
    private readonly OccluderGrid _grid;
    private readonly int _batchSize;
    private readonly ForwardWalk _base;

    /// <param name="graph">The network.</param>
    /// <param name="taps">What is read.</param>
    /// <param name="grid">The positions.</param>
    /// <param name="batchSize">Pictures at a time where the network is computed whole.</param>
    /// <param name="steps">Nodes at most that are computed by patches; null lets the cost decide.</param>
    /// <param name="groupSize">Floats that positions computed together may take.</param>
    public IncrementalEvaluation(Graph graph, OcclusionTaps taps, OccluderGrid grid, int batchSize, int? steps = null, long groupSize = PatchPlan.UsualGroupSize)
    {
        (_taps, _grid, _batchSize) = (taps, grid, batchSize);
        Plan = new PatchPlan(graph, Regions(grid.Rows), Regions(grid.Columns), [.. taps.Values.Take(2)], taps.Layers, steps, groupSize);
        _base = new ForwardWalk(graph, Plan.Base);

        static AxisRegions Regions(OccluderAxis axis) => AxisRegions.Of(axis.Extent, Enumerable.Range(0, axis.Count).Select(i => (axis.Start(i), axis.End(i))));
    }

    /// <summary>What is computed, and how.</summary>
    public PatchPlan Plan { get; }

    public void Evaluate(Tensor picture, Tensor fill, Action<OccludedAnswers> begin, Func<int[]> next, Action<IReadOnlyList<int>, OccludedAnswers> visit, Action<double> progress, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var unchanged = new PatchBase(Plan, _base, picture, cancellation);
        begin(OcclusionTaps.Read(unchanged.Wanted));
        Tensor shown = fill.permute(0, 2, 3, 1).contiguous(); // [1, H, W, C]
        double spent = 0;
        int asked = 0;
        int chunk = (int)Math.Clamp(PatchMemory / Math.Max(1, Plan.LiveSize) * _grid.Count, 1, _grid.Count);
        while (next() is { Length: > 0 } wanted)
        {
            asked += wanted.Length;
            foreach (int[] positions in wanted.Chunk(chunk)) Compute(positions);
        }

        void Compute(int[] positions)
        {
            using var inner = NewDisposeScope();
            using var run = new PatchRun(Plan, unchanged, positions, cancellation);
            run.Run(shown, cost => Spend(cost, positions.Length));
            int batch = Plan.GivenValues.Any(v => Plan.Map(v) is not null) ? _batchSize : positions.Length;
            for (int from = 0; from < positions.Length; from += batch)
            {
                using var rest = NewDisposeScope();
                int count = Math.Min(batch, positions.Length - from);
                visit(positions[from..(from + count)], Answers(run, from, count, cancellation));
                Spend(Plan.RestCost, count);
            }
        }

        void Spend(double cost, int positions) => progress((spent += cost * positions) / ((Plan.StepsCost + Plan.RestCost) * asked));
    }

    /// <inheritdoc/>
    public void Dispose() => Plan.Dispose();

    private OccludedAnswers Answers(PatchRun run, int from, int count, CancellationToken cancellation)
    {
        Tensor[] values = Plan.Rest.Run([.. Plan.GivenValues.Select(v => run.Whole(v, from, count))], cancellation);
        int whole = Plan.Answers.Count;
        var totals = _taps.Layers.Select(layer => Plan.IsSummed(layer) ? Slice(run.SumsOf(layer), from, count, Plan.Map(layer)!.Channels) : OcclusionTaps.Totals(values[whole++]));
        return OcclusionTaps.Answers(values[0], values[1], totals);

        static Tensor Slice(double[] sums, int from, int count, int channels) =>
            tensor([.. MemoryMarshal.CreateReadOnlySpan(ref sums[from * channels], count * channels).ToArray().Select(s => (float)s)], [count, channels]);
    }
}
