using CnnVis.Engine.Attribution.Occlusion;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Patches;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Targets.Answers;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Attribution.Occlusion;

/// <summary>Patches against full recomputation: every score, for every network, wherever the plan leaves patches behind.</summary>
public sealed class IncrementalTests
{
    public static TheoryData<string> Networks => [.. PatchNetworks.Names];

    [Theory]
    [MemberData(nameof(Networks))]
    public void EqualsFullRecomputation(string name)
    {
        using Graph graph = PatchNetworks.Make(name);
        for (int seed = 0; seed < 2; seed++)
        {
            var random = new Random(seed);
            OccluderGrid grid = Grid(graph, random);
            // All steps, those that cost least, and an arbitrary number of them; positions computed together as many as ever, and few.
            foreach (int? steps in new int?[] { int.MaxValue, null, random.Next(graph.Nodes.Count) })
                foreach (long groupSize in new[] { PatchPlan.UsualGroupSize, 1 << random.Next(14) }) Agree(graph, grid, seed, steps, 1 + random.Next(20), groupSize);
            // Where nobody asks for what is between a normalisation and its ReLU they are one; patches may end between them.
            for (int steps = 1; steps < graph.Nodes.Count; steps += 1 + random.Next(3)) Agree(graph, grid, seed, steps, 16, PatchPlan.UsualGroupSize, layers: false);
        }
    }

    internal static void Agree(Graph graph, OccluderGrid grid, int seed, int? steps, int batchSize, long groupSize, bool layers = true)
    {
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        long[] shape = [.. graph.InputShape];
        var generator = new Generator((ulong)seed);
        Tensor picture = rand(shape, generator: generator), fill = rand(shape, generator: generator);
        var taps = new OcclusionTaps(new Answer(AnswerKind.Classes, "", 0) { Probabilities = graph.Output, Logits = graph.Nodes[graph.Producer(graph.Output)].Inputs[0] }, layers ? Layers(graph) : []);
        using var incremental = new IncrementalEvaluation(graph, taps, grid, batchSize, steps, groupSize);
        float[][] expected = All(new FullRecomputation(new ForwardWalk(graph, taps.Values), grid, 16), picture, fill, grid), actual = All(incremental, picture, fill, grid);

        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Length, actual[i].Length);
            float scale = Math.Max(1, expected[i].Max(MathF.Abs)); // 1 of probabilities
            for (int j = 0; j < expected[i].Length; j++)
                Assert.True(MathF.Abs(expected[i][j] - actual[i][j]) <= 1e-5f * scale, $"steps {steps}, groups of {groupSize}, {grid}, value {i}, number {j}: {expected[i][j]} and {actual[i][j]}");
        }
    }

    /// <summary>All of a graph's layers with a batch.</summary>
    private static string[] Layers(Graph graph)
    {
        using var shapes = new ShapeWalk(graph);
        return [.. graph.Nodes.Select(n => n.Output).Where(v => shapes[v].Count is 2 or 4)];
    }

    private static OccluderGrid Grid(Graph graph, Random random)
    {
        OccluderAxis Axis(int extent)
        {
            int window = 1 + random.Next(extent / 2);
            return new OccluderAxis(extent, window, Math.Max(1, Math.Min(window, extent / (2 + random.Next(4)))));
        }
        return new OccluderGrid(Axis((int)graph.InputShape[2]), Axis((int)graph.InputShape[3]));
    }

    /// <summary>Probabilities, logits and the layers' totals of all positions, in their order, and those of the picture as it is.</summary>
    private static float[][] All(IOcclusionEvaluator evaluator, Tensor picture, Tensor fill, OccluderGrid grid)
    {
        float[][]? all = null, whole = null;
        double done = 0;
        bool[] seen = new bool[grid.Count];
        // Of some grids all at once, of the others in two parts and in no order: what a position gets is no matter of which come together.
        int[] order = [.. Enumerable.Range(0, grid.Count)];
        bool isOne = grid.Count % 3 == 1;
        if (!isOne) new Random(grid.Count).Shuffle(order);
        var parts = new Queue<int[]>(isOne ? [order] : [order[..(grid.Count / 2)], order[(grid.Count / 2)..]]);
        evaluator.Evaluate(picture, fill, answers => whole = [answers.Probabilities, answers.Logits, .. answers.Totals], () => parts.TryDequeue(out int[]? next) ? next : [], (positions, answers) =>
        {
            Assert.NotNull(whole);
            float[][] values = [answers.Probabilities, answers.Logits, .. answers.Totals];
            all ??= [.. values.Select(v => new float[v.Length / answers.Count * grid.Count])];
            for (int i = 0; i < positions.Count; i++)
            {
                Assert.False(seen[positions[i]]);
                seen[positions[i]] = true;
                for (int v = 0; v < values.Length; v++)
                {
                    int length = values[v].Length / answers.Count;
                    values[v].AsSpan(i * length, length).CopyTo(all[v].AsSpan(positions[i] * length));
                }
            }
        }, share =>
        {
            Assert.InRange(share, isOne ? done : 0, 1 + 1e-9);
            done = share;
        }, CancellationToken.None);
        Assert.Equal(1, done, 1e-6);
        Assert.DoesNotContain(false, seen);
        return [.. all!, .. whole!];
    }
}
