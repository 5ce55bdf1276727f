using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Graphs.Operators.Convolutions;
using CnnVis.Engine.Graphs.Operators.Pooling;
using CnnVis.Engine.Graphs.Operators.Products;
using CnnVis.Engine.Graphs.Operators.Shapes;
using CnnVis.Engine.Graphs.Walks;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Graphs;

public sealed class BackwardWalkTests : IDisposable
{
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    public static TheoryData<string> Networks => [.. Graphs.Keys];

    private static Dictionary<string, Func<Graph>> Graphs => new()
    {
        ["AlexNet"] = () => TestNetworks.AlexNet(width: 16),
        ["Vgg16"] = () => TestNetworks.Vgg16(width: 32, side: 32),
        ["Residual"] = TestNetworks.Residual,
        ["Oddments"] = TestNetworks.Oddments,
        ["Branches"] = Branches,
    };

    [Theory, MemberData(nameof(Networks))]
    public void ThePicturesGradientIsThatOfFiniteDifferences(string name)
    {
        using Graph graph = Double(Graphs[name]());
        var walk = new BackwardWalk(graph, [graph.Output], [graph.Input]);
        Tensor image = Image(graph, 2), weights = Random(7, walk.Run(image).Head(0).shape);
        using BackwardPass pass = walk.Run(image);
        Tensor gradient = pass.Backward([weights])[0]; // [N, C, H, W]
        Assert.Equal(image.shape, gradient.shape);
        IsTheSlope(graph, graph.Output, image, weights, gradient);
    }

    [Fact]
    public void AWalkEndsBetweenTwoNodes()
    {
        using Graph graph = Double(TestNetworks.AlexNet(width: 16));
        using var stop = new CancellationTokenSource();
        using BackwardPass pass = new BackwardWalk(graph, [graph.Output], [graph.Input]).Run(Image(graph, 1));
        Tensor[] gradient = pass.Backward([ones_like(pass.Head(0))], keep: true, stop.Token);
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => pass.Backward([ones_like(pass.Head(0))], keep: true, stop.Token));
        Assert.Throws<OperationCanceledException>(() => pass.Backward(heads => heads[0].sum(), keep: true, stop.Token));
        Assert.Throws<OperationCanceledException>(() => new BackwardWalk(graph, [graph.Output], [graph.Input]).Run(Image(graph, 1), stop.Token));
        Assert.Throws<OperationCanceledException>(() => new ForwardWalk(graph, [graph.Output]).Run(Image(graph, 1), stop.Token));
        Assert.True(gradient[0].allclose(pass.Backward([ones_like(pass.Head(0))], keep: true)[0])); // the pass is as it was
        Assert.Equal(graph.InputShape[2], pass.Backward([ones_like(pass.Head(0))])[0].shape[2]);
    }

    [Theory, InlineData("AlexNet", "relu3"), InlineData("AlexNet", "pool5"), InlineData("Residual", "a_out"), InlineData("Branches", "stem")]
    public void AnInnerLayersGradientIsThatOfFiniteDifferences(string name, string layer)
    {
        using Graph graph = Double(Graphs[name]());
        using BackwardPass pass = new BackwardWalk(graph, [graph.Output], [layer, graph.Input]).Run(Image(graph, 2));
        Tensor value = pass.Tap(0).detach(), weights = Random(8, pass.Head(0).shape);
        Tensor[] gradients = pass.Backward([weights]);
        using Graph rest = From(graph, layer, value.shape);
        IsTheSlope(rest, rest.Output, value, weights, gradients[0]);
        IsTheSlope(graph, graph.Output, Image(graph, 2), weights, gradients[1]);
    }

    [Theory, MemberData(nameof(Networks))]
    public void AnObjectiveMayBeAnyFunctionOfSeveralHeads(string name)
    {
        using Graph graph = Double(Graphs[name]());
        string middle = graph.Nodes[graph.Nodes.Count / 2].Output;
        using BackwardPass pass = new BackwardWalk(graph, [middle, graph.Output], [graph.Input]).Run(Image(graph, 1));
        Tensor gradient = pass.Backward(h => h[0].pow(2).sum() + h[1].pow(3).sum())[0];
        var forward = new ForwardWalk(graph, [middle, graph.Output]);
        IsTheSlope(x => { var h = forward.Run(x); return h[0].pow(2).sum() + h[1].pow(3).sum(); }, Image(graph, 1), gradient);
    }

    [Fact]
    public void OnePassServesSeveralTargets()
    {
        using Graph graph = TestNetworks.Residual();
        Tensor image = rand([2, 3, 32, 32]);
        var walk = new BackwardWalk(graph, [graph.Output], [graph.Input]);
        using BackwardPass shared = walk.Run(image);
        for (int target = 0; target < 3; target++)
        {
            Tensor seed = zeros_like(shared.Head(0));
            seed.index_fill_(1, tensor(new long[] { target }), 1);
            using BackwardPass alone = walk.Run(image);
            Assert.Equal(alone.Backward([seed])[0].data<float>().ToArray(), shared.Backward([seed], keep: target < 2)[0].data<float>().ToArray());
        }
    }

    [Fact]
    public void WhatTheHeadDoesNotDependOnGetsZero()
    {
        using Graph graph = TestNetworks.AlexNet(width: 32);
        using BackwardPass pass = new BackwardWalk(graph, ["conv2"], ["fc6", graph.Input]).Run(rand([1, 3, 224, 224]));
        Tensor[] gradients = pass.Backward([ones_like(pass.Head(0))]);
        Assert.Equal(0, gradients[0].abs().max().item<float>());
        Assert.True(gradients[1].abs().max().item<float>() > 0);
    }

    [Fact]
    public void ATapThatIsTheHeadGetsTheSeed()
    {
        using Graph graph = TestNetworks.Residual();
        using BackwardPass pass = new BackwardWalk(graph, ["a_out"], ["a_out"]).Run(rand([1, 3, 32, 32]));
        Tensor seed = rand(pass.Head(0).shape);
        Assert.Equal(seed.data<float>().ToArray(), pass.Backward([seed])[0].data<float>().ToArray());
    }

    /// <summary>conv (1×1, weights 1 and −1), ReLU, a fully connected layer of weights 1, −2, 3, −4 over two maps of two pixels, by hand.</summary>
    [Theory]
    [InlineData("plain", new float[] { 1, 4 })] // pixel 0 is positive: map 0 passes 1; pixel 1 is negative: map 1 passes −4 through its weight −1
    [InlineData("deconv", new float[] { 1 - 3, 0 })] // max(g, 0) whatever the ReLU saw: g = 1, −2 from map 0 and 3, −4 from map 1 through −1
    [InlineData("guided", new float[] { 1, 0 })]
    public void RulesByHand(string rule, float[] expected)
    {
        using Graph graph = new("image", [1, 1, 1, 2],
        [
            new Node("conv", new Conv(OperatorAttributes.None), ["image", "w"], "conv"),
            new Node("relu", OperatorCatalog.Create("Relu"), ["conv"], "relu"),
            new Node("flatten", new Flatten(OperatorAttributes.None), ["relu"], "flatten"),
            new Node("fc", new Gemm(new OperatorAttributes(("transB", 1L))), ["flatten", "v"], "fc"),
        ],
        new Dictionary<string, Tensor>
        {
            ["w"] = tensor(new float[] { 1, -1 }, [2, 1, 1, 1]).DetachFromDisposeScope(),
            ["v"] = tensor(new float[] { 1, -2, 3, -4 }, [1, 4]).DetachFromDisposeScope(),
        }, "fc");
        IBackwardRule? chosen = rule switch { "deconv" => ReluRule.DeconvNet, "guided" => ReluRule.Guided, _ => null };
        using BackwardPass pass = new BackwardWalk(graph, ["fc"], ["image"], chosen).Run(tensor(new float[] { 2, -3 }, [1, 1, 1, 2]));
        Assert.Equal(2 - 12, pass.Head(0).item<float>());
        Assert.Equal(expected, pass.Backward([ones(1, 1)])[0].data<float>().ToArray());
    }

    /// <summary>x · σ(x), which files write as two nodes, is one rectifier: f′(x) = σ + xσ(1 − σ).</summary>
    [Theory, InlineData(false), InlineData(true)]
    public void SwishIsARectifier(bool gateFirst)
    {
        using Graph graph = new("x", [1, 2],
        [
            new Node("sigmoid", OperatorCatalog.Create("Sigmoid"), ["x"], "sigmoid"),
            new Node("swish", OperatorCatalog.Create("Mul"), gateFirst ? ["sigmoid", "x"] : ["x", "sigmoid"], "swish"),
        ], new Dictionary<string, Tensor>(), "swish");
        float[] Down(IBackwardRule? rule)
        {
            using BackwardPass pass = new BackwardWalk(graph, ["swish"], ["x"], rule).Run(tensor(new float[] { 1, 1 }, [1, 2]));
            return pass.Backward([tensor(new float[] { 2, -2 }, [1, 2])])[0].data<float>().ToArray();
        }
        float sigma = 1 / (1 + MathF.Exp(-1)), slope = sigma + sigma * (1 - sigma);
        Assert.Equal([2f, 0], Down(ReluRule.DeconvNet));
        foreach (var (expected, value) in new[] { 2 * slope, -2 * slope, 2 * slope, 0 }.Zip([.. Down(null), .. Down(ReluRule.Guided)])) Assert.Equal(expected, value, 1e-6f);
    }

    /// <summary>Branches that part and join again below the rule are gone through once, so that the rules commute with batching and cutting.</summary>
    [Theory, MemberData(nameof(Networks))]
    public void RulesDoNotDependOnTheBatchOrOnOtherTaps(string name)
    {
        using Graph graph = Double(Graphs[name]());
        foreach (IBackwardRule rule in new[] { ReluRule.DeconvNet, ReluRule.Guided })
        {
            Tensor images = Image(graph, 3);
            using BackwardPass all = new BackwardWalk(graph, [graph.Output], [graph.Input, graph.Nodes[graph.Nodes.Count / 2].Output], rule).Run(images);
            Tensor seed = Random(3, all.Head(0).shape), together = all.Backward([seed])[0];
            for (int i = 0; i < 3; i++)
            {
                using BackwardPass one = new BackwardWalk(graph, [graph.Output], [graph.Input], rule).Run(images.narrow(0, i, 1));
                Assert.True(one.Backward([seed.narrow(0, i, 1)])[0].allclose(together.narrow(0, i, 1), 1e-9, 1e-12));
            }
        }
    }

    [Fact]
    public void ANodeThatFailsIsNamed()
    {
        using Graph graph = TestNetworks.AlexNet(width: 32);
        var error = Assert.Throws<CnnVisException>(() => new BackwardWalk(graph, ["fc6"], ["image"]).Run(rand([1, 3, 64, 64])));
        Assert.Equal(ErrorIds.ComputationFailed, error.ErrorId);
    }

    public void Dispose() => _scope.Dispose();

    private static void IsTheSlope(Graph graph, string head, Tensor at, Tensor weights, Tensor gradient)
    {
        var forward = new ForwardWalk(graph, [head]);
        IsTheSlope(x => (forward.Run(x)[0] * weights).sum(), at, gradient);
    }

    /// <summary>(f(x + hd) − f(x − hd)) / 2h against g · d, in double precision, along random directions.</summary>
    private static void IsTheSlope(Func<Tensor, Tensor> function, Tensor at, Tensor gradient)
    {
        using var none = no_grad();
        const double h = 1e-6;
        for (int direction = 0; direction < 5; direction++)
        {
            Tensor d = Random(100 + direction, at.shape);
            double slope = (function(at + h * d) - function(at - h * d)).item<double>() / (2 * h), expected = (gradient * d).sum().item<double>();
            Assert.True(Math.Abs(slope - expected) <= 1e-5 * Math.Max(1, Math.Abs(slope)), $"{slope} is not {expected}");
        }
    }

    private static Tensor Random(int seed, long[] shape) => randn(shape, dtype: ScalarType.Float64, generator: new Generator((ulong)seed));

    private static Tensor Image(Graph graph, int count) => rand([count, .. graph.InputShape.Skip(1)], dtype: ScalarType.Float64, generator: new Generator(5));

    /// <summary>The network in double precision, so that differences are not noise.</summary>
    private static Graph Double(Graph graph)
    {
        using (graph)
            return new Graph(graph.Input, [.. graph.InputShape], graph.Nodes, graph.Parameters.ToDictionary(p => p.Key, p => (p.Value.is_floating_point() ? p.Value.to(ScalarType.Float64) : p.Value.clone()).DetachFromDisposeScope()), graph.Output);
    }

    /// <summary>What of a network lies above a value that everything goes through.</summary>
    private static Graph From(Graph graph, string value, long[] shape)
    {
        int producer = graph.Producer(value);
        return new Graph(value, shape, [.. graph.Nodes.Skip(producer + 1)], graph.Parameters.ToDictionary(p => p.Key, p => p.Value.alias().DetachFromDisposeScope()), graph.Output);
    }

    /// <summary>Branches with ReLUs that part, are concatenated, added and multiplied; one ReLU's output is used by three, a convolution's by two.</summary>
    private static Graph Branches()
    {
        var chain = new TestNetworks.Chain(9, 1, 3, 20, 18).Conv("stem", 3, 6, 3, 2, 1).BatchNorm("bn", 6).Relu("relu");
        string relu = chain.Value;
        chain.Conv("left", 6, 4, 3, 1, 1);
        string left = chain.Value;
        chain.Relu("left_relu");
        string leftRelu = chain.Value;
        chain.Value = relu;
        chain.Conv("right", 6, 4, 1).Relu("right_relu").Add("join", new Concat(new OperatorAttributes(("axis", 1L))), left, leftRelu, relu).MaxPool("pool", 2, 2);
        string pool = chain.Value;
        chain.Conv("again", 18, 18, 3, 1, 1).Add("gate", OperatorCatalog.Create("Mul"), pool).Relu("top").Add("sum", OperatorCatalog.Create("Add"), pool);
        return chain.Add("gap", new GlobalAveragePool(OperatorAttributes.None)).Add("flatten", new Flatten(OperatorAttributes.None)).Fc("fc", 18, 5).Add("prob", OperatorCatalog.Create("Softmax", new OperatorAttributes(("axis", -1L)))).Build();
    }
}
