using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Targets;
using static CnnVis.Engine.Tests.Attribution.Saliency.SaliencyNetworks;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Attribution.Saliency;

/// <summary>Every method on networks small enough for paper and pencil.</summary>
public sealed class ClosedFormTests : IDisposable
{
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    /// <summary>Pixels 2 and −3: map 0 is (2, 0), map 1 is (0, 3); the unit's weights are 0.1, −0.2 and −0.3, 0.4.</summary>
    [Theory]
    [InlineData("Gradient", 0.1f, -0.4f)]
    [InlineData("GradientTimesInput", 0.2f, 1.2f)]
    [InlineData("DeconvNet", 0.1f, -0.4f)] // max(g, 0) keeps 0.1 of map 0 and 0.4 of map 1
    [InlineData("GuidedBackprop", 0.1f, -0.4f)]
    [InlineData("GradCam", 0f, 0.15f)] // weights −0.05 and 0.05
    [InlineData("LayerCam", 0.2f, 1.2f)]
    [InlineData("GradCamPlusPlus", 2 * 0.1f * 0.01f / (0.02f + 0.001f * 2), 3 * 0.4f * 0.16f / (0.32f + 0.064f * 3))]
    [InlineData("GuidedGradCam", 0f, -0.4f * 0.15f)]
    [InlineData("ScoreCam", 2 * 0.268941421f, 3 * 0.731058579f)] // scores 0.2 and 1.2 of what map 0 and map 1 keep
    [InlineData("IntegratedGradients", 0.2f, 1.2f)]
    [InlineData("ExcitationBackprop", 0.2f / 1.4f, 1.2f / 1.4f)]
    public void TwoMapsBehindAReLU(string method, float first, float second)
    {
        Network network = TwoMaps(0.1f, -0.2f, -0.3f, 0.4f);
        SaliencyResult result = Attribute(method, network, Row(2, -3), new SaliencyOptions { Baseline = Baseline.Zero });
        float[] map = Values(result.Map);
        Assert.Equal(1.4f, result.Target.Scores[0], 1e-6f);
        Assert.Equal(2, map.Length);
        Assert.Equal(first, map[0], 1e-5f);
        Assert.Equal(second, map[1], 1e-5f);
    }

    /// <summary>Where the ReLU is off and the weight positive, only DeconvNet lets through; where it is on and the weight negative, only the gradient does.</summary>
    [Theory]
    [InlineData("Gradient", -1f, -4f)]
    [InlineData("DeconvNet", -3f, 2f - 4f)]
    [InlineData("GuidedBackprop", 0f, -4f)]
    public void TheThreeRulesDiffer(string method, float first, float second)
    {
        float[] map = Values(Attribute(method, TwoMaps(-1, 2, 3, 4), Row(2, -3)).Map);
        Assert.Equal([first, second], map);
    }

    [Fact]
    public void DeconvNetBeginsWithTheNeuronsActivation()
    {
        Network network = TwoMaps(1, 1, 1, 1);
        Tensor Map(string method, NeuronTarget target) => SaliencyMethods.Create(method, SaliencyOptions.Default).Attribute(new SaliencyRequest(network, Row(2, -3), [target]))[0].Map;
        Assert.Equal([0, -3f], Values(Map("DeconvNet", new NeuronTarget("relu", 1, null))));
        Assert.Equal([0, -1f], Values(Map("Gradient", new NeuronTarget("relu", 1, null))));
        Assert.Equal([0, 0f], Values(Map("DeconvNet", new NeuronTarget("relu", 1, (0, 0))))); // off: nothing was seen
        Assert.Equal([2f, 0], Values(Map("DeconvNet", new NeuronTarget("conv", 0, (0, 0)))));
    }

    /// <summary>Inputs 1, 2, 3 with weights 1, −2, 3: contributions 1, −4, 9, and 6 together.</summary>
    [Theory]
    [InlineData(RelevanceRuleKind.Epsilon, 1f, -4f, 9f)]
    [InlineData(RelevanceRuleKind.AlphaBeta, 2 * 6 * 0.1f, -6f, 2 * 6 * 0.9f)]
    [InlineData(RelevanceRuleKind.Composite, 2f, 2f, 2f)] // the first layer is flat
    public void RelevanceOfAUnit(RelevanceRuleKind rule, float first, float second, float third)
    {
        SaliencyResult result = Attribute("LayerwiseRelevance", Linear(1, -2, 3), Row(1, 2, 3), new SaliencyOptions { Rule = rule });
        float[] map = Values(result.Map);
        foreach (var (expected, value) in new[] { first, second, third }.Zip(map)) Assert.Equal(expected, value, 1e-4f);
        Assert.Equal(0, result.ConvergenceDelta![0], 1e-4f);
    }

    [Theory]
    [InlineData(false, 0.1f, 0f, 0.9f)]
    [InlineData(true, 0.1f, -1f, 0.9f)] // of the negated weights, all speaks for the second
    public void ExcitationOfAUnit(bool contrastive, float first, float second, float third)
    {
        SaliencyResult result = Attribute("ExcitationBackprop", Linear(1, -2, 3), Row(1, 2, 3), new SaliencyOptions { TargetLayer = "image", Contrastive = contrastive });
        foreach (var (expected, value) in new[] { first, second, third }.Zip(Values(result.Map))) Assert.Equal(expected, value, 1e-6f);
        Assert.Equal(0, result.ConvergenceDelta![0], 1e-6f);
    }

    [Fact]
    public void NoiseDoesNothingToTheGradientOfALinearUnit()
    {
        Network network = Linear(1, -2, 3);
        Assert.All(Values(Attribute("SmoothGrad", network, Row(1, 2, 3)).Map).Zip([1f, -2, 3]), v => Assert.Equal(v.Second, v.First, 1e-5f));
        Assert.All(Values(Attribute("SmoothGradSquared", network, Row(1, 2, 3)).Map).Zip([1f, 4, 9]), v => Assert.Equal(v.Second, v.First, 1e-5f));
        Assert.All(Values(Attribute("VarGrad", network, Row(1, 2, 3)).Map), v => Assert.Equal(0, v, 1e-5f));
    }

    /// <summary>One pixel of 0 behind a ReLU: the gradient is 1 where the noise is positive. Mean and variance are those of the share, p and p(1 − p).</summary>
    [Fact]
    public void TheVarianceOfAGradientThatIsOnOrOff()
    {
        Network network = TwoMaps(1, 1, 0, 0);
        var options = new SaliencyOptions { Samples = 400, NoiseLevel = 0.2 };
        float mean = Values(Attribute("SmoothGrad", network, Row(0, 1), options).Map)[0], square = Values(Attribute("SmoothGradSquared", network, Row(0, 1), options).Map)[0];
        Assert.InRange(mean, 0.4f, 0.6f);
        Assert.Equal(mean, square, 1e-4f);
        Assert.Equal(mean * (1 - mean), Values(Attribute("VarGrad", network, Row(0, 1), options).Map)[0], 1e-4f);
    }

    [Fact]
    public void ExpectedGradientsOfALinearUnitCompareWithTheMeanReference()
    {
        var options = new SaliencyOptions { References = [[0, 1, 0], [1, 0, 0]], Samples = 10 };
        SaliencyResult result = Attribute("ExpectedGradients", Linear(1, -2, 3), Row(1, 2, 3), options);
        Assert.All(Values(result.Map).Zip([0.5f, -3, 9]), v => Assert.Equal(v.Second, v.First, 1e-5f));
        Assert.Equal(0, result.ConvergenceDelta![0], 1e-5f);
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => SaliencyMethods.Create("ExpectedGradients", SaliencyOptions.Default)).ErrorId);
    }

    [Fact]
    public void IntegratedGradientsFromAnyBaselineAddUp()
    {
        foreach (Baseline baseline in new[] { Baseline.Zero, Baseline.Grey, Baseline.Noise })
        {
            SaliencyResult result = Attribute("IntegratedGradients", Linear(1, -2, 3), Row(1, 2, 3), new SaliencyOptions { Baseline = baseline, Steps = 3 });
            Assert.Equal(0, result.ConvergenceDelta![0], 1e-5f);
        }
    }

    /// <summary>A network of one class is certain of everything, so that the map is the mean mask over ½: about 1.</summary>
    [Fact]
    public void RiseOfACertainNetworkIsOneEverywhere()
    {
        Network network = Linear(1, 2, 3, 4, 5, 6, 7, 8);
        ISaliencyMethod rise = SaliencyMethods.Create("Rise", new SaliencyOptions { Samples = 4000 });
        Tensor map = rise.Attribute(new SaliencyRequest(network, Row(1, 2, 3, 4, 5, 6, 7, 8), [ClassTarget.Of(network, 0, rise.Score(null))]))[0].Map;
        Assert.All(Values(map), v => Assert.Equal(1, v, 0.08f));
    }

    public void Dispose() => _scope.Dispose();
}
