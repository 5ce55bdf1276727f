using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Models;
using CnnVis.Engine.Targets;
using static CnnVis.Engine.Tests.Attribution.Saliency.SaliencyNetworks;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Attribution.Saliency;

/// <summary>What holds for every method.</summary>
public sealed class SaliencyMethodTests : IDisposable
{
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    public static TheoryData<string> Methods => [.. SaliencyMethods.Names];

    [Theory, MemberData(nameof(Methods))]
    public void TheBatchDoesNotMatterInAResidualNetwork(string method) => TheBatchDoesNotMatter(method, "Residual");

    [Theory, MemberData(nameof(Methods))]
    public void TheBatchDoesNotMatterWhereBranchesAreJoined(string method) => TheBatchDoesNotMatter(method, "Oddments");

    [Theory, MemberData(nameof(Methods))]
    public void SeveralTargetsAreWhatTheyAreAlone(string method)
    {
        Network network = Named("Residual");
        Tensor images = Pictures(network, 2);
        ISaliencyMethod made = SaliencyMethods.Create(method, Options(network));
        ITarget[] targets = [ClassTarget.Of(network, 2, made.Score(null)), ClassTarget.Of(network, null, made.Score(null)), new NeuronTarget("a_out", 3, null)];
        var together = made.Attribute(new SaliencyRequest(network, images, targets));
        for (int t = 0; t < targets.Length; t++)
        {
            SaliencyResult alone = made.Attribute(new SaliencyRequest(network, images, [targets[t]]))[0];
            Assert.Equal(alone.Target.Index, together[t].Target.Index);
            Assert.True(alone.Map.allclose(together[t].Map, 1e-4, 1e-7));
            Assert.Equal(alone.MapValue, together[t].MapValue);
        }
    }

    [Theory, MemberData(nameof(Methods))]
    public void TheNetworkIsNotChanged(string method)
    {
        Network network = Named("Residual");
        var before = network.Graph.Parameters.ToDictionary(p => p.Key, p => p.Value.bytes.ToArray());
        Tensor images = Pictures(network, 2);
        byte[] pixels = images.bytes.ToArray();
        Run(method, network, images);
        Assert.Equal(pixels, images.bytes.ToArray());
        foreach (var (name, parameter) in network.Graph.Parameters)
        {
            Assert.Equal(before[name], parameter.bytes.ToArray());
            Assert.False(parameter.requires_grad);
        }
    }

    [Theory, MemberData(nameof(Methods))]
    public void TheSameSeedGivesTheSameBytes(string method)
    {
        Network network = Named("Oddments");
        Tensor images = Pictures(network, 3);
        Assert.Equal(Run(method, network, images)[0].Map.bytes.ToArray(), Run(method, network, images)[0].Map.bytes.ToArray());
    }

    [Theory, InlineData("SmoothGrad"), InlineData("VarGrad"), InlineData("Rise"), InlineData("ExpectedGradients")]
    public void AnotherSeedGivesAnother(string method)
    {
        Network network = Named("Oddments");
        Tensor images = Pictures(network, 1);
        SaliencyOptions options = Options(network);
        Assert.NotEqual(Attribute(method, network, images, options).Map.bytes.ToArray(), Attribute(method, network, images, options with { Seed = 1 }).Map.bytes.ToArray());
    }

    [Theory, MemberData(nameof(Methods))]
    public void TheSameMethodServesOtherNetworks(string method)
    {
        ISaliencyMethod made = SaliencyMethods.Create(method, Options(Named("Residual")) with { References = [.. Enumerable.Range(0, 2).Select(_ => new float[3 * 32 * 32])] });
        Network first = Named("Residual"), second = As(Randomised());
        Tensor images = Pictures(first, 1);
        Tensor Map(Network network) => made.Attribute(new SaliencyRequest(network, images, [ClassTarget.Of(network, 1, made.Score(null))]))[0].Map;
        Assert.Equal(Values(Map(first)), Values(Map(first)));
        Assert.Equal(method == nameof(Center), Values(Map(first)).SequenceEqual(Values(Map(second)))); // the control asks no network
    }

    [Theory]
    [InlineData("AlexNet", RelevanceRuleKind.AlphaBeta)]
    [InlineData("Residual", RelevanceRuleKind.AlphaBeta)]
    [InlineData("Oddments", RelevanceRuleKind.AlphaBeta)]
    [InlineData("Bottleneck", RelevanceRuleKind.AlphaBeta)]
    [InlineData("Bottleneck", RelevanceRuleKind.Composite)]
    public void RelevanceIsConserved(string name, RelevanceRuleKind rule)
    {
        Network network = Named(name);
        SaliencyResult result = Attribute("LayerwiseRelevance", network, Pictures(network, 2), new SaliencyOptions { Rule = rule });
        for (int i = 0; i < 2; i++) Assert.True(Math.Abs(result.ConvergenceDelta![i]) < 1e-3 * Math.Abs(result.Target.Scores[i]) + 1e-5, $"{result.ConvergenceDelta[i]} of {result.Target.Scores[i]}");
    }

    [Theory, InlineData("AlexNet", "image"), InlineData("AlexNet", "relu3"), InlineData("Residual", "relu3")]
    public void WinningProbabilitiesAddUpToOne(string name, string layer)
    {
        Network network = Named(name);
        SaliencyResult result = Attribute("ExcitationBackprop", network, Pictures(network, 2), new SaliencyOptions { TargetLayer = layer });
        Assert.All(result.Map.flatten(1).sum(1).data<float>(), sum => Assert.Equal(1, sum, 1e-3f));
        Assert.True(result.Map.min().item<float>() >= 0);
    }

    /// <summary>Without biases, ε's rule through ReLUs and maxima is gradient times input (Ancona et al. 2018, proposition 1).</summary>
    [Fact]
    public void EpsilonIsGradientTimesInputWithoutBiases()
    {
        Network network = As(WithoutBiases(TestNetworks.AlexNet(width: 16)));
        Tensor images = Pictures(network, 2), expected = Attribute("GradientTimesInput", network, images).Map;
        SaliencyResult relevance = Attribute("LayerwiseRelevance", network, images, new SaliencyOptions { Rule = RelevanceRuleKind.Epsilon });
        Assert.True((relevance.Map - expected).abs().max().item<float>() < 1e-2 * expected.abs().max().item<float>());
    }

    [Fact]
    public void TheResidualShrinksWithTheSteps()
    {
        Network network = Named("Residual");
        Tensor images = Pictures(network, 1);
        float Residual(int steps) => Math.Abs(Attribute("IntegratedGradients", network, images, new SaliencyOptions { Steps = steps }).ConvergenceDelta![0]);
        Assert.True(Residual(300) < 0.2 * Residual(3) + 1e-4);
        Assert.True(Residual(300) < 0.01);
    }

    [Fact]
    public void WrongLayersAreTold()
    {
        Network network = Named("Residual");
        CnnVisException Error(string layer, ITarget target) => Assert.Throws<CnnVisException>(() =>
            SaliencyMethods.Create("GradCam", new SaliencyOptions { TargetLayer = layer }).Attribute(new SaliencyRequest(network, Pictures(network, 1), [target])));
        Assert.Equal(ErrorIds.LayerNotFound, Error("nowhere", new ClassTarget("fc", 0)).ErrorId);
        Assert.Equal(ErrorIds.InvalidArgument, Error("fc", new ClassTarget("prob", 0)).ErrorId);
        Assert.Equal(ErrorIds.InvalidArgument, Error("b2", new NeuronTarget("a_out", 0, null)).ErrorId);
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => SaliencyMethods.Create("GradKam", SaliencyOptions.Default)).ErrorId);
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => SaliencyMethods.Create("LayerwiseRelevance", SaliencyOptions.Default).Score(ClassScore.Probability)).ErrorId);
    }

    [Fact]
    public void CancellationEndsIt()
    {
        Network network = Named("Oddments");
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        foreach (string method in SaliencyMethods.Names)
            Assert.Throws<OperationCanceledException>(() => SaliencyMethods.Create(method, Options(network)).Attribute(new SaliencyRequest(network, Pictures(network, 1), [ClassTarget.Of(network, 0, ClassScore.Logit)], stop.Token)));
    }

    public void Dispose() => _scope.Dispose();

    private static void TheBatchDoesNotMatter(string method, string name)
    {
        Network network = Named(name);
        Tensor images = Pictures(network, 16);
        var together = Run(method, network, images);
        foreach (int i in new[] { 0, 7, 15 })
        {
            var alone = Run(method, network, images.narrow(0, i, 1));
            for (int t = 0; t < together.Count; t++)
            {
                Assert.Equal(together[t].Target.Index[i], alone[t].Target.Index[0]);
                Assert.Equal(together[t].Target.Scores[i], alone[t].Target.Scores[0], 1e-4f);
                Tensor map = together[t].Map.narrow(0, i, 1);
                double reach = map.abs().max().item<float>();
                Assert.True((map - alone[t].Map).abs().max().item<float>() <= 1e-3 * reach + 1e-9, $"{(map - alone[t].Map).abs().max().item<float>()} of {reach}");
            }
        }
    }

    private static IReadOnlyList<SaliencyResult> Run(string method, Network network, Tensor images)
    {
        ISaliencyMethod made = SaliencyMethods.Create(method, Options(network));
        return made.Attribute(new SaliencyRequest(network, images, [ClassTarget.Of(network, 1, made.Score(null)), ClassTarget.Of(network, null, made.Score(null))]));
    }

    internal static SaliencyOptions Options(Network network)
    {
        var random = new Random(4);
        float[] Reference() => [.. Enumerable.Range(0, network.Input.Length).Select(_ => random.NextSingle())];
        return new SaliencyOptions { Steps = 5, Samples = 6, References = [Reference(), Reference(), Reference()] };
    }

    private static Graph Randomised()
    {
        Graph graph = TestNetworks.Residual();
        foreach (Tensor parameter in graph.Parameters.Values.Where(p => p.dim() > 1)) parameter.copy_(randn(parameter.shape, generator: new Generator(8)) * 0.1);
        return graph;
    }

    private static Graph WithoutBiases(Graph graph)
    {
        foreach (var (name, parameter) in graph.Parameters)
            if (name.EndsWith(".b", StringComparison.Ordinal)) parameter.zero_();
        return graph;
    }
}
