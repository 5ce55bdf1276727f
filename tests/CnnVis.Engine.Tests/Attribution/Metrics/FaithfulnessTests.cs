using CnnVis.Engine.Attribution.Metrics;
using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using static CnnVis.Engine.Tests.Attribution.Metrics.MetricNetworks;
using static CnnVis.Engine.Tests.Attribution.Saliency.SaliencyNetworks;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Attribution.Metrics;

/// <summary>Infidelity, max-sensitivity and completeness of linear networks.</summary>
public sealed class FaithfulnessTests : IDisposable
{
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();
    private readonly Network _network = Linear(1, -2, 3);

    [Theory, InlineData("Infidelity"), InlineData("ScaledInfidelity")]
    public void TheGradientOfALinearNetworkIsFaithful(string metric) =>
        Assert.Equal(0, Measure(metric, Request(_network, Row(0.1f, 0.2f, 0.3f), "Gradient"))[0], 1e-9);

    /// <summary>A map that misses the weights by d has the infidelity E (I·d)² = σ² ‖d‖².</summary>
    [Fact]
    public void InfidelityIsTheExpectedSquaredError()
    {
        var options = new MetricOptions { Perturbations = 20_000, Deviation = 0.5 };
        double value = Measure("Infidelity", Request(_network, Row(0.1f, 0.2f, 0.3f), Row(1, -2, 5)), options)[0];
        Assert.Equal(0.25 * 4, value, 0.05);
    }

    [Fact]
    public void OnlyTheFormCountsWhenScaled()
    {
        MetricRequest request = Request(_network, Row(0.1f, 0.2f, 0.3f), Row(10, -20, 30));
        Assert.Equal(0, Measure("ScaledInfidelity", request)[0], 1e-9);
        Assert.True(Measure("Infidelity", request)[0] > 1);
        // Zeros say that nothing changes: the variance of the score remains, σ² ‖w‖².
        Assert.Equal(14, Measure("ScaledInfidelity", Request(_network, Row(1, 1, 1), Row(0, 0, 0)), new MetricOptions { Perturbations = 20_000, Deviation = 1 })[0], 0.7);
    }

    [Fact]
    public void MaxSensitivityOfALinearNetworksGradientIsNone() =>
        Assert.Equal([0.0], Measure("MaxSensitivity", Request(_network, Row(0.1f, 0.2f, 0.3f), "Gradient")));

    /// <summary>The map is w·x, so that a change of at most r of the only pixel with a weight changes it by at most r / x.</summary>
    [Fact]
    public void MaxSensitivityIsRelativeToTheMap()
    {
        double value = Measure("MaxSensitivity", Request(Linear(0, 2, 0), Row(0.1f, 0.5f, 0.3f), "GradientTimesInput"), new MetricOptions { Perturbations = 2000, Radius = 0.1 })[0];
        Assert.InRange(value, 0.198, 0.2 + 1e-6);
    }

    [Fact]
    public void AMapOfZerosThatDoesNotChangeIsNotSensitive() =>
        Assert.Equal([0.0], Measure("MaxSensitivity", Request(Linear(0, 0, 0), Row(0.1f, 0.5f, 0.3f), "Gradient")));

    [Theory]
    [InlineData("GradientTimesInput", 0)]
    [InlineData("IntegratedGradients", 0)]
    [InlineData("Gradient", 1.4)] // 1 − 2 + 3 against 0.1 − 0.4 + 0.9
    public void Completeness(string method, double residual) =>
        Assert.Equal(residual, Measure("Completeness", Request(_network, Row(0.1f, 0.2f, 0.3f), method))[0], 1e-6);

    [Fact]
    public void CompletenessIsThatOfTheBaseline()
    {
        var options = new MetricOptions { Baseline = Baseline.Grey };
        // Black has the score 0, grey has 1.
        Assert.Equal(1, Measure("Completeness", Request(_network, Row(0.1f, 0.2f, 0.3f), "GradientTimesInput"), options)[0], 1e-6);
        Assert.Equal(0, Measure("Completeness", Request(_network, Row(0.1f, 0.2f, 0.3f), "IntegratedGradients", new SaliencyOptions { Baseline = Baseline.Grey }), options)[0], 1e-6);
    }

    public void Dispose()
    {
        _network.Graph.Dispose();
        _scope.Dispose();
    }
}
