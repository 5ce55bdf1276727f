using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Graphs.Operators.Convolutions;
using CnnVis.Engine.Graphs.Operators.Products;
using CnnVis.Engine.Graphs.Operators.Shapes;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Graphs;

public sealed class WalkTests
{
    [Fact]
    public void ConvolutionReluAndFullyConnectedByHand()
    {
        // 1×1×2×2 picture, one 2×2 filter, ReLU, one unit: w·x = 1·1 + 2·(−1) + 3·0 + 4·2 = 7, minus 3 = 4; 4 · 0.5 + 1 = 3.
        using var graph = new Graph("x", [1, 1, 2, 2],
            [new Node("conv", new Conv(OperatorAttributes.None), ["x", "w", "b"], "y"),
             new Node("relu", OperatorCatalog.Create("Relu"), ["y"], "r"),
             new Node("flat", new Flatten(OperatorAttributes.None), ["r"], "f"),
             new Node("fc", new Gemm(new OperatorAttributes(("transB", 1L))), ["f", "v", "c"], "z")],
            new Dictionary<string, Tensor>
            {
                ["w"] = tensor(new float[] { 1, 2, 3, 4 }, [1, 1, 2, 2]),
                ["b"] = tensor(new float[] { -3 }),
                ["v"] = tensor(new float[] { 0.5f }, [1, 1]),
                ["c"] = tensor(new float[] { 1 }),
            }, "z");
        using var scope = NewDisposeScope();
        Tensor[] taps = new ForwardWalk(graph, ["y", "z"]).Run(tensor(new float[] { 1, -1, 0, 2 }, [1, 1, 2, 2]));
        Assert.Equal(4f, taps[0].item<float>());
        Assert.Equal(3f, taps[1].item<float>());
    }

    [Fact]
    public void TapsBeforeAReluAreNotOverwritten()
    {
        using Graph graph = TestNetworks.Residual();
        string[] all = [.. graph.Nodes.Select(n => n.Output)];
        using var scope = NewDisposeScope();
        Tensor input = rand([3, 3, 32, 32], generator: new Generator(5));
        Tensor[] together = new ForwardWalk(graph, all).Run(input);
        for (int i = 0; i < all.Length; i++)
        {
            Tensor alone = new ForwardWalk(graph, [all[i]]).Run(input)[0];
            Assert.True(alone.equal(together[i]).all().item<bool>(), all[i]);
        }
    }

    [Fact]
    public void StopsAtTheLastLayerAskedFor()
    {
        using Graph graph = TestNetworks.AlexNet(width: 8);
        Assert.Equal(2, new ForwardWalk(graph, ["relu1"]).StepCount);
    }

    [Fact]
    public void ABatchGivesWhatItsPicturesGiveAlone()
    {
        using Graph graph = TestNetworks.Residual();
        using var scope = NewDisposeScope();
        Tensor input = rand([4, 3, 32, 32], generator: new Generator(6));
        var walk = new ForwardWalk(graph, [graph.Output]);
        Tensor together = walk.Run(input)[0];
        for (int i = 0; i < 4; i++)
        {
            Tensor alone = walk.Run(input[i].unsqueeze(0))[0];
            Assert.True((alone - together[i]).abs().max().item<float>() < 1e-5f);
        }
    }

    [Theory]
    [InlineData("alexnet", "pool5", 195, 32)]
    [InlineData("alexnet", "conv1", 11, 4)]
    [InlineData("vgg16", "conv5_3", 196, 16)]
    [InlineData("vgg16", "pool5", 212, 32)]
    public void ReceptiveFieldsAreThePublishedOnes(string network, string layer, int size, double stride)
    {
        Network model = Model(network == "alexnet" ? TestNetworks.AlexNet(width: 16) : TestNetworks.Vgg16(width: 16));
        ReceptiveField field = model.Layer(layer).ReceptiveField!;
        Assert.Equal((size, stride), (field.Size, field.StrideX));
        Assert.Equal((field.Height, field.StrideY, field.OffsetY), (field.Width, field.StrideX, field.OffsetX));
    }

    [Fact]
    public void ReceptiveFieldHoldsExactlyWhatChangesAUnit()
    {
        // Through a stride, a padding and a join: change one pixel at a time and see which units notice.
        using Graph graph = TestNetworks.Residual();
        var shapes = new ShapeWalk(graph);
        ReceptiveField field = new ReceptiveFieldWalk(graph, shapes)["b_add"]!;
        using var scope = NewDisposeScope();
        var walk = new ForwardWalk(graph, ["b_add"]);
        Tensor input = rand([1, 3, 32, 32], generator: new Generator(8));
        Tensor before = walk.Run(input)[0];
        for (int y = 0; y < 32; y += 3)
            for (int x = 0; x < 32; x += 5)
            {
                Tensor changed = input.clone();
                changed[0, 0, y, x] += 10;
                Tensor difference = (walk.Run(changed)[0] - before).abs().amax([0, 1]); // [H, W]
                for (int row = 0; row < difference.shape[0]; row++)
                    for (int column = 0; column < difference.shape[1]; column++)
                    {
                        PixelBox box = field.Box(row, column, 32, 32);
                        bool inside = y >= box.Y && y < box.Y + box.Height && x >= box.X && x < box.X + box.Width;
                        if (!inside) Assert.Equal(0f, difference[row, column].item<float>());
                    }
            }
    }

    [Fact]
    public void AlexNetHasThePublishedParametersAndMultiplyAdds()
    {
        Network model = Model(TestNetworks.AlexNet());
        Assert.Equal(61_100_840, model.ParameterCount);
        Assert.Equal(714_188_480, model.MultiplyAdds);
        Assert.Equal(23_296, model.Layer("conv1").ParameterCount);
        Assert.Equal(64 * 55 * 55 * 363, model.Layer("conv1").MultiplyAdds);
        Assert.Equal([64, 55, 55], model.Layer("conv1").OutputShape);
    }

    [Theory]
    [InlineData("alexnet", "conv1 relu1 pool1 conv2 relu2 pool2 conv3 relu3 conv4 relu4 conv5 relu5 pool5 flatten fc6 relu6 fc7 relu7 fc8 prob")]
    [InlineData("vgg16", "conv1_1 relu1_1 conv1_2 relu1_2 pool1 conv2_1 relu2_1 conv2_2 relu2_2 pool2 conv3_1 relu3_1 conv3_2 relu3_2 conv3_3 relu3_3 pool3 conv4_1 relu4_1 conv4_2 relu4_2 conv4_3 relu4_3 pool4 conv5_1 relu5_1 conv5_2 relu5_2 conv5_3 relu5_3 pool5 flatten fc6 relu6 fc7 prob")]
    public void LayersCarryThePapersNames(string network, string aliases)
    {
        Network model = Model(network == "alexnet" ? TestNetworks.AlexNet(width: 16) : TestNetworks.Vgg16(width: 16));
        Assert.Equal(aliases.Split(' '), model.Layers.Select(l => l.Alias));
    }

    [Fact]
    public void AVggLayerAnswersToBothItsNames()
    {
        Network model = Model(TestNetworks.Vgg16(width: 16));
        Assert.Same(model.Layer("features.0"), model.Layer("CONV1_1"));
    }

    [Fact]
    public void AnUnknownLayerSuggestsTheNearest()
    {
        var error = Assert.Throws<CnnVisException>(() => Model(TestNetworks.AlexNet(width: 16)).Layer("con5"));
        Assert.Equal(ErrorIds.LayerNotFound, error.ErrorId);
        Assert.Contains("Did you mean conv5", error.Message);
    }

    [Fact]
    public void NormalisationIsPartOfTheGraph()
    {
        using Graph plain = TestNetworks.Residual();
        Network model = Network.Create("n", "test", TestNetworks.Residual(), new Dictionary<string, string>(), new ImportOptions { Mean = [0.5f, 0.4f, 0.3f], StandardDeviation = [0.2f] });
        using var scope = NewDisposeScope();
        Tensor input = rand([1, 3, 32, 32], generator: new Generator(3));
        Tensor expected = new ForwardWalk(plain, [plain.Output]).Run((input - tensor(new[] { 0.5f, 0.4f, 0.3f }).view(1, 3, 1, 1)) / 0.2f)[0].softmax(1);
        Tensor actual = model.Forward(input, [model.Graph.Output])[0];
        Assert.True((expected - actual).abs().max().item<float>() < 1e-6f);
        Assert.Equal(1f, actual.sum().item<float>(), 1e-5f);
    }

    [Fact]
    public void CircleMissingAndDoubleSourcesAreRefused()
    {
        Operator relu = OperatorCatalog.Create("Relu");
        AssertUnreadable([new Node("a", relu, ["q"], "p"), new Node("b", relu, ["p"], "q")], "q");
        AssertUnreadable([new Node("a", relu, ["nothing"], "p")], "p");
        AssertUnreadable([new Node("a", relu, ["x"], "p"), new Node("b", relu, ["x"], "p")], "p");
        AssertUnreadable([new Node("a", relu, ["x"], "p"), new Node("a", relu, ["x"], "q")], "q");
        AssertUnreadable([new Node("a", relu, ["x"], "p")], "elsewhere");

        static void AssertUnreadable(Node[] nodes, string output) =>
            Assert.Equal(ErrorIds.ModelUnreadable, Assert.Throws<CnnVisException>(() => new Graph("x", [1, 1, 1, 1], nodes, new Dictionary<string, Tensor>(), output)).ErrorId);
    }

    [Fact]
    public void NodesInAnyOrderAreSorted()
    {
        Operator relu = OperatorCatalog.Create("Relu");
        using var graph = new Graph("x", [1, 1, 1, 1], [new Node("b", relu, ["p"], "q"), new Node("a", relu, ["x"], "p")], new Dictionary<string, Tensor>(), "q");
        Assert.Equal(["a", "b"], graph.Nodes.Select(n => n.Name));
    }

    private static Network Model(Graph graph) => Network.Create("test", "test", graph, new Dictionary<string, string>(), new ImportOptions());

}
