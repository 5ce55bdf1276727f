using CnnVis.Engine.Attribution.Metrics;
using CnnVis.Engine.Models;
using CnnVis.Engine.Statistics;
using static CnnVis.Engine.Tests.Attribution.Metrics.MetricNetworks;
using static CnnVis.Engine.Tests.Attribution.Saliency.SaliencyNetworks;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Attribution.Metrics;

/// <summary>Cascading randomisation, and the similarities that it reports.</summary>
public sealed class RandomizationTests : IDisposable
{
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    [Fact]
    public void GoesFromTheAnswerToThePicture()
    {
        Network network = Named("AlexNet");
        MetricRequest request = Request(network, Pictures(network, 1), "Gradient");
        var values = new Randomization(MetricOptions.Default).Measure(request)[0];
        Assert.Equal(["fc8", "fc7", "fc6", "conv5", "conv4", "conv3", "conv2", "conv1"], values.Where(v => v.Statistic == "Ssim").Select(v => v.Layer));
        Assert.Equal(values.Where(v => v.Statistic == "Ssim").Select(v => v.Layer), values.Where(v => v.Statistic == "RankCorrelation").Select(v => v.Layer));
    }

    [Fact]
    public void AMapThatDoesNotAskTheNetworkStaysAsItIs()
    {
        Network network = Named("Residual");
        foreach (MetricValue value in new Randomization(MetricOptions.Default).Measure(Request(network, Pictures(network, 2), "Center")).SelectMany(v => v)) Assert.Equal(1, value.Value, 1e-6);
    }

    [Theory, InlineData("Residual"), InlineData("Oddments")]
    public void TheGradientForgets(string name)
    {
        Network network = Named(name);
        var before = network.Graph.Parameters.ToDictionary(p => p.Key, p => p.Value.bytes.ToArray());
        MetricValue last = new Randomization(MetricOptions.Default).Measure(Request(network, Pictures(network, 1), "Gradient"))[0][^1];
        Assert.InRange(last.Value, -0.5, 0.5);
        foreach (var (parameter, value) in network.Graph.Parameters) Assert.Equal(before[parameter], value.bytes.ToArray());
    }

    [Fact]
    public void TheSeedDecides()
    {
        Network network = Named("Oddments");
        MetricRequest request = Request(network, Pictures(network, 1), "Gradient");
        double[] first = Measure("Randomization", request);
        Assert.Equal(first, Measure("Randomization", request));
        Assert.NotEqual(first, Measure("Randomization", request, new MetricOptions { Seed = 1 }));
    }

    [Theory]
    [InlineData(new[] { 1f, 2, 3, 4 }, new[] { 10f, 20, 30, 70 }, 1)]
    [InlineData(new[] { 1f, 2, 3, 4 }, new[] { 4f, 3, 2, 1 }, -1)]
    [InlineData(new[] { 1f, 2, 3, 4 }, new[] { 1f, 3, 2, 4 }, 0.8)]
    [InlineData(new[] { 1f, 2, 2, 3 }, new[] { 1f, 2, 3, 4 }, 0.9486832980505138)] // ranks 0, 1.5, 1.5, 3
    [InlineData(new[] { 1f, 1, 1, 1 }, new[] { 1f, 2, 3, 4 }, 0)]
    [InlineData(new[] { 1f, 1, 1, 1 }, new[] { 5f, 5, 5, 5 }, 1)]
    public void SpearmansRankCorrelation(float[] first, float[] second, double correlation) => Assert.Equal(correlation, RankCorrelation.Of(first, second), 1e-12);

    [Fact]
    public void StructuralSimilarityOfEvenPicturesIsThatOfTheirMeans()
    {
        Tensor half = full([1, 20, 20], 0.5f), quarter = full([1, 20, 20], 0.25f);
        Assert.Equal(1, StructuralSimilarity.Of(half, half)[0], 1e-9);
        Assert.Equal((2 * 0.5 * 0.25 + 1e-4) / (0.25 + 0.0625 + 1e-4), StructuralSimilarity.Of(half, quarter)[0], 1e-9);
    }

    [Fact]
    public void StructuralSimilarityTellsNegatives()
    {
        Tensor picture = rand([1, 20, 20], generator: new Generator(1));
        Assert.Equal(1, StructuralSimilarity.Of(picture, picture)[0], 1e-9);
        Assert.InRange(StructuralSimilarity.Of(picture, 1 - picture)[0], -1, -0.5);
        Assert.Single(StructuralSimilarity.Of(picture.narrow(1, 0, 4), picture.narrow(1, 0, 4)));
    }

    public void Dispose() => _scope.Dispose();
}
