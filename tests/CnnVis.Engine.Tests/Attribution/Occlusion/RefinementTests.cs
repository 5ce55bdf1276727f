using CnnVis.Engine.Attribution.Occlusion;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators.Convolutions;
using CnnVis.Engine.Graphs.Operators.Shapes;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Attribution.Occlusion;

/// <summary>Occlusion that computes some positions and interpolates the others, against the map of all.</summary>
public sealed class RefinementTests
{
    private static readonly PixelImage _photo = new(1, 1, [0, 0, 0]);

    /// <summary>Positions 0, 2, 4, 6 and 7 come first; what is covered there is 0, 1, 9, 0 and 1 of 11. Between 2, 4 and 6 that moves by more than 2, between 0 and 2 it does not.</summary>
    [Theory]
    [InlineData(2, new[] { 11f, 10.5f, 10f, 5f, 2f, 7f, 11f, 10f }, new[] { 1 }, 1f)]
    [InlineData(100, new[] { 11f, 10.5f, 10f, 6f, 2f, 6.5f, 11f, 10f }, new[] { 1, 3, 5 }, 9f)]
    [InlineData(1, new[] { 11f, 11f, 10f, 5f, 2f, 7f, 11f, 10f }, new int[0], null)]
    [InlineData(0, new[] { 11f, 11f, 10f, 5f, 2f, 7f, 11f, 10f }, new int[0], null)]
    public void OneRowByHand(double threshold, float[] scores, int[] between, float? difference)
    {
        using Graph graph = Weighted(1, 9, (_, x) => new float[] { 0, 0, 0, 1, 5, 4, 0, 0, 1 }[x]);
        OcclusionMap map = Occlude(NetworkOf(graph), ones(1, 1, 1, 9), new OcclusionOptions { WindowSize = [1, 2], Stride = [1, 1], Baseline = Baseline.Zero, Classes = [0], Score = ClassScore.Logit, Refine = threshold });
        Assert.Equal(scores, map.Scores.ToArray());
        Assert.Equal(between, Enumerable.Range(0, 8).Where(p => !map.Computed[p]));
        Assert.Equal(8 - between.Length, map.ComputedCount);
        Assert.Equal(difference, map.LargestUnrefinedDifference);
    }

    [Theory]
    [InlineData("alexnet", false)]
    [InlineData("residual", false)]
    [InlineData("branches", false)]
    [InlineData("residual", true)]
    public void ThresholdOfNothingIsTheWholeMapAndWhatIsComputedIsIts(string name, bool recomputeAll)
    {
        using Graph graph = PatchNetworks.Make(name);
        Network network = NetworkOf(graph);
        using Tensor picture = rand([1, network.Input.Channels, network.Input.Height, network.Input.Width], generator: new Generator(5));
        var options = new OcclusionOptions { WindowSize = [8], Stride = [2], Classes = [0, 1], Layers = [(network.Layers[0], 0)], RecomputeAll = recomputeAll };
        OcclusionMap[] whole = Maps(network, picture, options), same = Maps(network, picture, options with { Refine = 0 });
        float threshold = 0.7f * whole.Max(m => m.Scores.Maximum - m.Scores.Minimum);
        OcclusionMap[] some = Maps(network, picture, options with { Refine = threshold });
        for (int c = 0; c < whole.Length; c++)
        {
            Assert.All(whole[c].Scores.ToArray().Zip(same[c].Scores.ToArray()), p => Assert.Equal(p.First, p.Second, 1e-5));
            Assert.Equal(whole[c].Scores.Length, same[c].ComputedCount);
            Assert.Null(same[c].LargestUnrefinedDifference);
            Assert.InRange(some[c].ComputedCount, 1, whole[c].Scores.Length - 1);
            Assert.InRange(some[c].LargestUnrefinedDifference!.Value, 0, threshold);
            foreach (int p in Enumerable.Range(0, whole[c].Scores.Length).Where(p => some[c].Computed[p]))
            {
                Assert.Equal(whole[c].Scores[p], some[c].Scores[p], 1e-5);
                Assert.Equal(whole[c].Layers[0].Totals[p], some[c].Layers[0].Totals[p], 1e-3 * Math.Max(1, Math.Abs(whole[c].Layers[0].Total)));
            }
            Assert.Contains(some[c].LowestScore, some[c].Scores.ToArray().Where((_, p) => some[c].Computed[p])); // nothing between is lower
        }
    }

    /// <summary>What matters is 4 × 4 pixels in a corner: the place is found exactly, by a seventh of the positions, and no score is wrong.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(28, 0)]
    [InlineData(27, 28)]
    public void ObjectInACornerIsFoundByFewPositions(int top, int left)
    {
        using Graph graph = Weighted(32, 32, (y, x) => y >= top && y < top + 4 && x >= left && x < left + 4 ? 1 : 0);
        Network network = NetworkOf(graph);
        using Tensor picture = ones(1, 1, 32, 32);
        var options = new OcclusionOptions { WindowSize = [8], Stride = [1], Baseline = Baseline.Zero, Classes = [0], Score = ClassScore.Logit };
        OcclusionMap whole = Occlude(network, picture, options), some = Occlude(network, picture, options with { Refine = 0.5 });
        Assert.Equal(625, whole.ComputedCount);
        Assert.InRange(some.ComputedCount, 1, 625 / 7);
        Assert.Equal(whole.Scores, some.Scores);
        Assert.Equal(whole.LowestWindow, some.LowestWindow);
        Assert.Equal(whole.Attribution, some.Attribution);
        Assert.Equal(0, some.LargestUnrefinedDifference);
    }

    /// <summary>Where a score moves evenly, interpolation is exact: a plane of weights under whole windows.</summary>
    [Fact]
    public void EvenScoresAreInterpolatedExactly()
    {
        using Graph graph = Weighted(20, 26, (y, x) => 0.25f * y - 0.5f * x + 3);
        Network network = NetworkOf(graph);
        using Tensor picture = ones(1, 1, 20, 26);
        var options = new OcclusionOptions { WindowSize = [4, 6], Stride = [1], Baseline = Baseline.Zero, Classes = [0], Score = ClassScore.Logit };
        OcclusionMap whole = Occlude(network, picture, options), some = Occlude(network, picture, options with { Refine = 1e6 });
        Assert.Equal(5 * 6, some.ComputedCount); // rows 0, 4 … 16 of 17, columns 0, 4 … 20 of 21
        Assert.All(whole.Scores.ToArray().Zip(some.Scores.ToArray()), p => Assert.Equal(p.First, p.Second, 1e-3));
    }

    private static Network NetworkOf(Graph graph) => Network.Create("weighted", "test", graph, new Dictionary<string, string>(), new ImportOptions());

    private static OcclusionMap Occlude(Network network, Tensor picture, OcclusionOptions options) => Maps(network, picture, options)[0];

    private static OcclusionMap[] Maps(Network network, Tensor picture, OcclusionOptions options)
    {
        using var occluder = new Occluder(network, options);
        return [.. occluder.Occlude(new ImageSource("photo"), picture, _photo, null, CancellationToken.None)];
    }

    /// <summary>Two classes: the logit of the first is the weighted sum of the pixels, that of the second is zero.</summary>
    private static Graph Weighted(int height, int width, Func<int, int, float> weight)
    {
        float[] weights = [.. Enumerable.Range(0, height * width).Select(i => weight(i / width, i % width))];
        var parameters = new Dictionary<string, Tensor> { ["w"] = tensor([.. weights, .. new float[weights.Length]], [2, 1, height, width]).DetachFromDisposeScope() };
        Node[] nodes = [new("conv", new Conv(OperatorAttributes.None), ["image", "w"], "conv"), new("flatten", new Flatten(OperatorAttributes.None), ["conv"], "flatten")];
        return new Graph("image", [1, 1, height, width], nodes, parameters, "flatten");
    }
}
