using CnnVis.Engine.Attribution.Occlusion;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators.Convolutions;
using CnnVis.Engine.Graphs.Operators.Shapes;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Attribution.Occlusion;

/// <summary>Occlusion of pictures so small that the numbers can be done by hand.</summary>
public sealed class OccluderTests
{
    private static readonly PixelImage _photo = new(1, 1, [0, 0, 0]);

    /// <summary>Two classes: the logit of the first is the weighted sum of the pixels, that of the second is zero.</summary>
    private static Network Weighted(int height, int width, params float[] weights)
    {
        var parameters = new Dictionary<string, Tensor>
        {
            ["w"] = tensor([.. weights, .. new float[weights.Length]], [2, 1, height, width]).DetachFromDisposeScope(),
        };
        Node[] nodes = [new("conv", new Conv(OperatorAttributes.None), ["image", "w"], "conv"), new("flatten", new Flatten(OperatorAttributes.None), ["conv"], "flatten")];
        return Network.Create("weighted", "test", new Graph("image", [1, 1, height, width], nodes, parameters, "flatten"), new Dictionary<string, string>(), new ImportOptions());
    }

    private static OcclusionMap Occlude(Network network, float[] picture, OcclusionOptions options)
    {
        using Tensor pixels = tensor(picture, [1, network.Input.Channels, network.Input.Height, network.Input.Width]);
        using var occluder = new Occluder(network, options);
        return occluder.Occlude(new ImageSource("photo"), pixels, _photo, null, CancellationToken.None)[0];
    }

    [Fact]
    public void OverlapsAndARaggedBorderByHand()
    {
        Network network = Weighted(1, 5, 1, 2, 3, 4, 5);
        OcclusionMap map = Occlude(network, [1, 1, 1, 1, 1], new OcclusionOptions
        {
            WindowSize = [1, 3],
            Stride = [1, 2],
            Baseline = Baseline.Zero,
            Classes = [0],
            Score = ClassScore.Logit,
        });
        Assert.Equal(15, map.Score);
        Assert.Equal([new PixelBox(0, 0, 3, 1), new PixelBox(2, 0, 3, 1)], map.Windows);
        Assert.Equal([9f, 3f], map.Scores);
        // The middle pixel lies in both windows: (6 + 12) / 2.
        Assert.Equal([6f, 6f, 9f, 12f, 12f], map.Attribution);
        Assert.Equal((1, 2), (map.Rows, map.Columns));
        network.Graph.Dispose();
    }

    [Fact]
    public void TheLastWindowIsClipped()
    {
        Network network = Weighted(2, 4, 1, 1, 1, 1, 2, 2, 2, 2);
        OcclusionMap map = Occlude(network, [1, 1, 1, 1, 1, 1, 1, 1], new OcclusionOptions { WindowSize = [1, 3], Stride = [1, 3], Baseline = Baseline.Parse("0.5 0.5 0.5"), Classes = [0], Score = ClassScore.Logit });
        Assert.Equal([new PixelBox(0, 0, 3, 1), new PixelBox(3, 0, 1, 1), new PixelBox(0, 1, 3, 1), new PixelBox(3, 1, 1, 1)], map.Windows);
        Assert.Equal([12 - 1.5f, 12 - 0.5f, 12 - 3f, 12 - 1f], map.Scores);
        Assert.Equal([1.5f, 1.5f, 1.5f, 0.5f, 3f, 3f, 3f, 1f], map.Attribution);
        network.Graph.Dispose();
    }

    [Fact]
    public void ProbabilitiesAndTheMostProbableClass()
    {
        Network network = Weighted(1, 2, 2, -1);
        OcclusionMap map = Occlude(network, [1, 1], new OcclusionOptions { WindowSize = [1], Stride = [1], Baseline = Baseline.Zero });
        Assert.Equal("class 0", map.Class); // predicted: logit 1 against 0
        Assert.Equal(1 / (1 + Math.Exp(-1)), map.Score, 1e-6);
        Assert.Equal(1 / (1 + Math.Exp(1)), map.Scores[0], 1e-6);
        Assert.Equal(1 / (1 + Math.Exp(-2)), map.Scores[1], 1e-6);
        Assert.Equal([1, 0], map.MostProbable);
        Assert.Equal(["class 1", "class 0"], map.MostProbableNames);
        Assert.Equal(map.Scores[0], map.LowestScore);
        Assert.Equal(new PixelBox(0, 0, 1, 1), map.LowestWindow);
        network.Graph.Dispose();
    }

    [Fact]
    public void SumsTheStrongestMapOrTheOneThatIsNamed()
    {
        Graph graph = new TestNetworks.Chain(5, 1, 1, 2, 3).Conv("conv", 1, 2, 1).Add("flatten", new Flatten(OperatorAttributes.None)).Fc("fc", 12, 2).Build();
        graph.Parameters["conv.w"].copy_(tensor(new float[] { 1, -3 }, [2, 1, 1, 1]));
        graph.Parameters["conv.b"].zero_();
        Network network = Network.Create("sums", "test", graph, new Dictionary<string, string>(), new ImportOptions());
        var layer = network.Layer("conv");
        var options = new OcclusionOptions { WindowSize = [2], Stride = [2], Baseline = Baseline.Zero, Layers = [(layer, null), (layer, 1)] };
        OcclusionMap map = Occlude(network, [1, 2, 3, 4, 5, 6], options);
        Assert.Equal((0, 21f), (map.Layers[0].Channel, map.Layers[0].Total));
        Assert.Equal([9f, 12f], map.Layers[0].Totals);
        Assert.Equal((1, -63f), (map.Layers[1].Channel, map.Layers[1].Total));
        Assert.Equal([-27f, -36f], map.Layers[1].Totals);
        network.Graph.Dispose();
    }

    [Fact]
    public void NoResultDependsOnTheBatch()
    {
        Network network = Network.Create("net", "test", TestNetworks.Residual(), new Dictionary<string, string>(), new ImportOptions());
        using Tensor picture = rand([1, 3, 32, 32], generator: new Generator(1));
        OcclusionMap Map(int batch)
        {
            using var occluder = new Occluder(network, new OcclusionOptions { WindowSize = [7, 5], Stride = [4], Baseline = Baseline.Noise, Layers = [(network.Layer("a_out"), null)], BatchSize = batch });
            return occluder.Occlude(new ImageSource("photo"), picture, _photo, null, CancellationToken.None)[0];
        }
        OcclusionMap one = Map(1), many = Map(16);
        for (int i = 0; i < one.Scores.Length; i++) Assert.Equal(one.Scores[i], many.Scores[i], 1e-5f);
        Assert.Equal(one.MostProbable, many.MostProbable);
        network.Graph.Dispose();
    }

    [Fact]
    public void StopsWhenItIsTold()
    {
        Network network = Network.Create("net", "test", TestNetworks.Residual(), new Dictionary<string, string>(), new ImportOptions());
        using Tensor picture = rand([1, 3, 32, 32], generator: new Generator(1));
        foreach (bool all in new[] { false, true })
        {
            using var stop = new CancellationTokenSource();
            using var occluder = new Occluder(network, new OcclusionOptions { WindowSize = [4], Stride = [4], RecomputeAll = all });
            Assert.ThrowsAny<OperationCanceledException>(() => occluder.Occlude(new ImageSource("photo"), picture, _photo, _ => stop.Cancel(), stop.Token));
        }
        network.Graph.Dispose();
    }

    [Theory]
    [InlineData(224, 16.0, 8.0, 27)]
    [InlineData(224, 0.25, null, 13)]
    [InlineData(10, 3.0, 3.0, 4)]
    [InlineData(10, 3.0, 2.0, 5)]
    [InlineData(10, 10.0, 1.0, 1)]
    [InlineData(10, 40.0, 5.0, 1)]
    public void PlacesCoverTheSide(int extent, double window, double? stride, int count)
    {
        OccluderAxis axis = OccluderAxis.Of(extent, window, stride);
        Assert.Equal(count, axis.Count);
        Assert.Equal(0, axis.Start(0));
        Assert.Equal(extent, axis.End(count - 1));
        for (int i = 1; i < count; i++) Assert.True(axis.Start(i) <= axis.End(i - 1) && axis.End(i - 1) < extent);
    }

    [Theory]
    [InlineData(4.0, 5.0)]
    [InlineData(0.0, null)]
    [InlineData(-3.0, null)]
    [InlineData(2.5, null)]
    [InlineData(double.NaN, null)]
    [InlineData(0.1, 0.2)]
    public void RefusesLengthsThatMakeNoSense(double window, double? stride) =>
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => OccluderAxis.Of(100, window, stride)).ErrorId);
}
