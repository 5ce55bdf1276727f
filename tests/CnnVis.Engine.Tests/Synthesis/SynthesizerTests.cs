using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators.Shapes;
using CnnVis.Engine.Models;
using CnnVis.Engine.Optimization;
using CnnVis.Engine.Synthesis;
using CnnVis.Engine.Synthesis.Parameterizations;
using CnnVis.Engine.Synthesis.Regularizers;
using CnnVis.Engine.Synthesis.Transformations;
using CnnVis.Engine.Targets.Objectives;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Synthesis;

public sealed class SynthesizerTests
{
    private static Network Linear()
    {
        var chain = new TestNetworks.Chain(11, 1, 1, 3, 4).Add("flatten", new Flatten(OperatorAttributes.None)).Fc("fc", 12, 5);
        return Network.Create("linear", "test", chain.Build(), new Dictionary<string, string>(), new ImportOptions());
    }

    private static Network Convolutional() => Network.Create("net", "test", TestNetworks.Residual(), new Dictionary<string, string>(), new ImportOptions());

    private static SynthesisOptions Pixels(Func<IOptimizer> optimizer, int steps) => new() { Parameterization = new PixelParameterization(), Optimizer = optimizer, Steps = steps };

    // Adam's steps have a size of their own for each pixel and so leave the span of the layer's rows; a small weight of the distance from the start leads back to it.
    [Theory]
    [InlineData("lbfgs", 60, 0, 1e-5)]
    [InlineData("momentum", 200, 0, 5e-4)]
    [InlineData("adam", 200, 0.01, 2e-3)]
    public void InvertingALinearLayerRecoversTheProjection(string name, int steps, double weight, double tolerance)
    {
        using var scope = NewDisposeScope();
        Network network = Linear();
        Tensor w = network.Graph.Parameters["fc.w"].to(ScalarType.Float64), b = network.Graph.Parameters["fc.b"].to(ScalarType.Float64); // [5, 12]
        manual_seed(1);
        Tensor truth = rand([12], dtype: ScalarType.Float64) * 0.2 + 0.4, start = full([12], 0.5, ScalarType.Float64);
        float[] code = (w.matmul(truth) + b).to(ScalarType.Float32).data<float>().ToArray();
        Tensor expected = start + linalg.pinv(w).matmul(w.matmul(truth - start));
        var item = new SynthesisItem(new FeatureObjective("fc", code), 0, [.. start.to(ScalarType.Float32).data<float>()]);
        SynthesisOptions options = Pixels(Optimizer(name, steps), steps) with { Regularizers = [new SquaredNorm(weight, [0.5f])] };
        SynthesizedPicture picture = new Synthesizer(network, options).Run([item], null, default)[0];
        Assert.True((tensor(picture.Pixels).to(ScalarType.Float64) - expected).abs().max().item<double>() < tolerance);
        Assert.True(picture.Scores[picture.Steps] > -1e-5);
    }

    [Fact]
    public void SimonyansOptimumOfALinearScore()
    {
        using var scope = NewDisposeScope();
        Network network = Linear();
        float[] w = network.Graph.Parameters["fc.w"][2].data<float>().ToArray();
        SynthesisOptions options = Pixels(() => new Lbfgs(), 30) with { Regularizers = [new SquaredNorm(2, [0.5f])] };
        SynthesizedPicture picture = new Synthesizer(network, options).Run([new SynthesisItem(new UnitObjective("fc", 2), 0, [.. Enumerable.Repeat(0.5f, 12)])], null, default)[0];
        for (int i = 0; i < 12; i++) Assert.Equal(Math.Clamp(0.5 + w[i] / 4, 0, 1), picture.Pixels[i], 2e-3); // the maximum of ⟨w, x⟩ − 2‖x − ½‖²
    }

    /// <summary>With g the gradient and r its root mean square, ⟨g, x⟩ − r‖x − ½‖² / 2c has its maximum at c·g/r from ½, whatever the size of g.</summary>
    [Theory]
    [InlineData(0.01)]
    [InlineData(1)]
    [InlineData(100)]
    public void APenaltyInUnitsOfTheGradientBringsALinearScoreAsFarAsItSays(double weight)
    {
        using var scope = NewDisposeScope();
        Network network = Linear();
        float[] w = network.Graph.Parameters["fc.w"][2].data<float>().ToArray();
        double rms = Math.Sqrt(w.Average(v => (double)v * v)), far = 0.2;
        SynthesisOptions options = Pixels(() => new Lbfgs(), 40) with { Regularizers = [new SquaredNorm(1 / (2 * far), [0.5f])], PenaltyUnit = PenaltyUnit.Gradient };
        var objective = new WeightedSum([(weight, new UnitObjective("fc", 2))]);
        SynthesizedPicture picture = new Synthesizer(network, options).Run([new SynthesisItem(objective, 0, [.. Enumerable.Repeat(0.5f, 12)])], null, default)[0];
        for (int i = 0; i < 12; i++) Assert.Equal(Math.Clamp(0.5 + far * w[i] / rms, 0, 1), picture.Pixels[i], 2e-3);
    }

    [Fact]
    public void APenaltyInUnitsOfTheGainIsTheSameForScoresOfAnySize()
    {
        Network network = Convolutional();
        SynthesisOptions options = Pixels(() => new Adam(StepSize.Constant(0.02)), 12) with { Noise = 0.1, Regularizers = [new TotalVariation(0.05)] };
        float[] Picture(double weight, PenaltyUnit unit) => new Synthesizer(network, options with { PenaltyUnit = unit })
            .Run([Item(1) with { Objective = new WeightedSum([(weight, Item(1).Objective)]) }], null, default)[0].Pixels;
        float[] one = Picture(1, PenaltyUnit.Gain), hundred = Picture(100, PenaltyUnit.Gain), plain = Picture(1, PenaltyUnit.One), plainHundred = Picture(100, PenaltyUnit.One);
        Assert.True(Largest(one, hundred) < 0.02, $"{Largest(one, hundred)}");
        Assert.True(Largest(plain, plainHundred) > 0.05); // which plain numbers are not

        static double Largest(float[] a, float[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();
    }

    /// <summary>Black behind a ReLU without biases: the score is 0, and so is its gradient.</summary>
    [Theory]
    [MemberData(nameof(Optimizers))]
    public void AStartWithoutGradientIsLeft(string name)
    {
        Graph graph = new TestNetworks.Chain(4, 1, 1, 6, 6).Conv("conv", 1, 8, 3).Relu("relu").Add("flatten", new Flatten(OperatorAttributes.None)).Fc("fc", 128, 3).Build();
        foreach (string bias in new[] { "conv.b", "fc.b" }) graph.Parameters[bias].zero_();
        Network network = Network.Create("biasless", "test", graph, new Dictionary<string, string>(), new ImportOptions());
        SynthesisItem[] items = [.. new[] { 0f, 0.5f }.Select(grey => new SynthesisItem(new UnitObjective("fc", 1), 3, [.. Enumerable.Repeat(grey, 36)]))];
        var pictures = new Synthesizer(network, Pixels(Optimizer(name), 20)).Run(items, null, default);
        Assert.True(pictures[0].Scores.Max() > 0.1, $"{pictures[0].Scores.Max()}");
        Assert.Equal(new Synthesizer(network, Pixels(Optimizer(name), 20)).Run([items[1]], null, default)[0].Pixels, pictures[1].Pixels); // whose gradient leads somewhere is not shaken
    }

    public static TheoryData<string> Optimizers => new("momentum", "adam", "lbfgs");

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void EveryOptimizerRaisesTheScoreWithinTheBox(string name)
    {
        Network network = Convolutional();
        SynthesizedPicture picture = new Synthesizer(network, Pixels(Optimizer(name), 12)).Run([Item(0)], null, default)[0];
        Assert.True(picture.Scores.Max() > picture.Scores[0] + 0.01);
        Assert.All(picture.Pixels, p => Assert.InRange(p, 0, 1));
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void APictureIsTheSameInAnyBatch(string name)
    {
        Network network = Convolutional();
        SynthesisOptions options = Pixels(Optimizer(name), 4) with { Noise = 0.1, Transformations = [new RandomView(2, 0.1, 5)], Regularizers = [new TotalVariation(0.1)] };
        float[] alone = new Synthesizer(network, options).Run([Item(2)], null, default)[0].Pixels;
        float[] among = new Synthesizer(network, options).Run([Item(1), Item(2), Item(3)], null, default)[1].Pixels;
        float[] third = new Synthesizer(network, options with { BatchSize = 2 }).Run([Item(1), Item(3), Item(2)], null, default)[2].Pixels;
        Assert.Equal(alone, among);
        Assert.Equal(alone, third);
    }

    [Theory]
    [InlineData("momentum", PenaltyUnit.One)]
    [InlineData("adam", PenaltyUnit.Gain)]
    [InlineData("lbfgs", PenaltyUnit.Gradient)]
    public void PicturesThatAreDoneLeaveAndChangeNothing(string name, PenaltyUnit unit)
    {
        Network network = Convolutional();
        SynthesisOptions options = Pixels(Optimizer(name), 30) with { Noise = 0.2, EnoughScore = -2.0, Regularizers = [new TotalVariation(0.001)], PenaltyUnit = unit };
        SynthesisItem[] items = [.. Enumerable.Range(0, 6).Select(i => new SynthesisItem(new LogProbabilityObjective("fc", i), i, Item(0).Start))];
        var together = new Synthesizer(network, options).Run(items, null, default);
        Assert.True(together.Select(p => p.Scores.Length).Distinct().Count() > 1); // they leave at different times
        for (int i = 0; i < items.Length; i++)
        {
            SynthesizedPicture alone = new Synthesizer(network, options).Run([items[i]], null, default)[0];
            Assert.Equal(alone.Pixels, together[i].Pixels);
            Assert.Equal(alone.Scores, together[i].Scores);
            Assert.Equal((alone.Steps, alone.IsDone, alone.Evaluations), (together[i].Steps, together[i].IsDone, together[i].Evaluations));
        }
    }

    [Fact]
    public void TheSameSeedGivesTheSameBytesAndAnotherSeedOthers()
    {
        Network network = Convolutional();
        SynthesisOptions options = new()
        {
            Parameterization = new FourierParameterization(network.Input, ColorCorrelation.ImageNet(3)),
            Optimizer = () => new Adam(StepSize.Constant(0.05)),
            Noise = 0.01,
            Transformations = [new RandomView(2, 0.1, 5)],
            Steps = 5,
        };
        var synthesizer = new Synthesizer(network, options);
        float[] first = synthesizer.Run([Item(7)], null, default)[0].Pixels;
        Assert.Equal(first, synthesizer.Run([Item(7)], null, default)[0].Pixels);
        Assert.NotEqual(first, synthesizer.Run([Item(8)], null, default)[0].Pixels);
    }

    [Fact]
    public void TheNetworkStaysAsItIs()
    {
        using var scope = NewDisposeScope();
        Network network = Convolutional();
        var before = network.Graph.Parameters.ToDictionary(p => p.Key, p => p.Value.clone());
        new Synthesizer(network, Pixels(() => new Adam(StepSize.Constant(0.01)), 3)).Run([Item(0)], null, default);
        Assert.All(network.Graph.Parameters, p => Assert.True(p.Value.equal(before[p.Key]).all().item<bool>()));
    }

    [Fact]
    public void CancellingKeepsTheBestSoFar()
    {
        Network network = Convolutional();
        using var stop = new CancellationTokenSource();
        var pictures = new Synthesizer(network, Pixels(() => new Adam(StepSize.Constant(0.02)), 100) with { BatchSize = 1 })
            .Run([Item(0), Item(1)], p => { if (p.Step == 3) stop.Cancel(); }, stop.Token);
        SynthesizedPicture picture = Assert.Single(pictures);
        Assert.True(picture.IsInterrupted);
        Assert.Equal(4, picture.Scores.Length);
        Assert.Equal(picture.Scores.Max(), picture.Scores[picture.Steps]);
        Assert.NotEqual(Item(0).Start, picture.Pixels);
    }

    [Fact]
    public void EnoughIsEnough()
    {
        Network network = Convolutional();
        var synthesizer = new Synthesizer(network, Pixels(() => new Adam(StepSize.Constant(0.01)), 200) with { EnoughScore = -2.0 });
        SynthesizedPicture picture = synthesizer.Run([new SynthesisItem(new LogProbabilityObjective("fc", 3), 0, Item(0).Start)], null, default)[0];
        Assert.True(picture.IsDone);
        Assert.InRange(picture.Scores[^1], -2, -1);
        Assert.Equal(picture.Steps + 1, picture.Scores.Length);
    }

    [Fact]
    public void SumsAreWeighted()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        Tensor a = rand(2, 3, 4, 4), b = rand(2, 6);
        var sum = new WeightedSum([(2, new UnitObjective("a", 1)), (-0.5, new UnitObjective("b", 3)), (1, new UnitObjective("a", 0, (1, 2)))]);
        Assert.Equal(["a", "b"], sum.Values);
        Tensor expected = 2 * a.select(1, 1).mean([1L, 2L]) - 0.5 * b.select(1, 3) + a.select(1, 0).select(1, 1).select(1, 2);
        Assert.True((sum.Score([a, b]) - expected).abs().max().item<float>() < 1e-6);
    }

    [Fact]
    public void DiversityIsNoneAloneAndLeastForTwins()
    {
        using var scope = NewDisposeScope();
        manual_seed(6);
        Tensor one = rand(1, 3, 4, 4);
        var diversity = new DiversityObjective("a");
        Assert.Equal(0, diversity.Score([one]).item<float>(), 5);
        Assert.Equal(-1, diversity.Score([cat([one, one])]).mean().item<float>(), 4);
    }

    [Fact]
    public void BlurNeedsPixels()
    {
        Network network = Convolutional();
        var options = Pixels(() => new Adam(StepSize.Constant(0.1)), 1) with { Parameterization = new FourierParameterization(network.Input, ColorCorrelation.None(3)), Regularizers = [new Blur(1, 1)] };
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => new Synthesizer(network, options)).ErrorId);
    }

    /// <summary>Two waves of one size: after the smoothing the one of half the frequency is 2^s times the other.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1.5)]
    public void SmoothedGradientsFavourSlowWaves(double smoothing)
    {
        using var scope = NewDisposeScope();
        Tensor turns = arange(16) * (2 * Math.PI / 16), slow = (2 * turns).cos().expand(1, 1, 16, 16), fast = (4 * turns).cos().expand(1, 1, 16, 16);
        var here = new Evaluation([0], [0], slow + fast, slow);
        using var descent = new GradientDescent(StepSize.Constant(1), 0, smoothing);
        Tensor moved = -descent.Step(zeros(1, 1, 16, 16), here, new Unbounded()).Variables;
        double ratio = ((moved * slow).mean() / (moved * fast).mean()).item<float>();
        Assert.Equal(Math.Pow(2, smoothing), ratio, 1e-4);
        Assert.Equal(1, moved.square().mean().sqrt().item<float>(), 1e-4);
    }

    private sealed class Unbounded : IProblem
    {
        public Evaluation At(Tensor variables) => throw new NotSupportedException();

        public Tensor Restrict(Tensor variables) => variables;
    }

    private static SynthesisItem Item(int seed) => new(new UnitObjective("fc", 3), seed, [.. Enumerable.Repeat(0.5f, 3 * 32 * 32)]);

    private static Func<IOptimizer> Optimizer(string name, int? steps = null) => name switch
    {
        "momentum" => () => new GradientDescent(steps is { } n ? StepSize.InThirds(0.02, n) : StepSize.Constant(0.02), 0.9),
        "adam" => () => new Adam(steps is { } n ? StepSize.HalfCosine(0.02, n) : StepSize.Constant(0.02)),
        _ => () => new Lbfgs(),
    };
}
