using CnnVis.Engine.Attribution.Metrics;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using static CnnVis.Engine.Tests.Attribution.Metrics.MetricNetworks;
using static CnnVis.Engine.Tests.Attribution.Saliency.SaliencyNetworks;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Attribution.Metrics;

/// <summary>Insertion and deletion of four pixels of value 1 with weights 4, 1, 3, 2, whose sum is the score.</summary>
public sealed class CurveTests : IDisposable
{
    private static readonly MetricOptions _black = new() { CurveSteps = 4, PerturbationBaseline = Baseline.Zero };

    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();
    private readonly Network _network = Linear(4, 1, 3, 2);

    [Theory]
    [InlineData("Deletion", new[] { 10.0, 6, 3, 1, 0 })] // 4, 3, 2 and 1 are taken
    [InlineData("Insertion", new[] { 0.0, 4, 7, 9, 10 })]
    public void TheMostImportantFirst(string metric, double[] scores) => Check(metric, Row(4, 1, 3, 2), scores);

    [Theory]
    [InlineData("Deletion", new[] { 10.0, 9, 7, 4, 0 })]
    [InlineData("Insertion", new[] { 0.0, 1, 3, 6, 10 })]
    public void TheLeastImportantFirst(string metric, double[] scores) => Check(metric, Row(1, 4, 2, 3), scores);

    [Theory]
    [InlineData("Deletion", new[] { 10.0, 6, 5, 2, 0 })] // 4, 1, 3 and 2 in their order
    [InlineData("Insertion", new[] { 0.0, 4, 5, 8, 10 })]
    public void EqualsByPlace(string metric, double[] scores) => Check(metric, Row(1, 1, 1, 1), scores);

    [Fact]
    public void SeveralPixelsAStep()
    {
        MetricValue value = SaliencyMetrics.Create("Deletion", _black with { CurveSteps = 3 }).Measure(Request(_network, Row(1, 1, 1, 1), Row(4, 1, 3, 2)))[0][0];
        Assert.Equal([0, 0.25, 0.5, 1], value.Points.Select(p => p.Share));
        Assert.Equal([10, 6, 3, 0.0], value.Points.Select(p => Math.Round(p.Score, 5)));
        Assert.Equal(0.25 * 8 + 0.25 * 4.5 + 0.5 * 1.5, value.Value, 1e-5);
    }

    [Fact]
    public void NoMoreStepsThanPixels() =>
        Assert.Equal(5, SaliencyMetrics.Create("Deletion", MetricOptions.Default).Measure(Request(_network, Row(1, 1, 1, 1), Row(4, 1, 3, 2)))[0][0].Points.Length);

    [Fact]
    public void DeletionEndsWithGrey() =>
        Assert.Equal(5, SaliencyMetrics.Create("Deletion", MetricOptions.Default).Measure(Request(_network, Row(1, 0, 0, 0), Row(4, 1, 3, 2)))[0][0].Points[^1].Score, 1e-5);

    [Fact]
    public void InsertionBeginsWithTheBlurredPicture()
    {
        Network network = Named("Residual");
        Tensor picture = Pictures(network, 1), blurred = tensor(Baseline.Blur.Paint(picture.data<float>().ToArray(), network.Input, 0), picture.shape);
        SaliencyCurvePoint[] points = new Insertion(new MetricOptions { CurveSteps = 1 }).Measure(Request(network, picture, "Gradient") with { Score = ClassScore.Logit })[0][0].Points;
        Assert.Equal(Request(network, blurred, "Gradient").Result.Target.Scores[0], points[0].Score, 1e-5);
        Assert.Equal(Request(network, picture, "Gradient").Result.Target.Scores[0], points[1].Score, 1e-5);
        Assert.NotEqual(points[0].Score, points[1].Score);
    }

    [Fact]
    public void EveryPictureHasItsOwnOrder()
    {
        Tensor maps = cat([Row(4, 1, 3, 2), Row(1, 4, 2, 3), Row(4, 1, 3, 2)]), pictures = Row(1, 1, 1, 1).expand(3, -1, -1, -1);
        double[] areas = Measure("Deletion", Request(_network, pictures, maps), _black);
        Assert.Equal([3.75, 6.25, 3.75], areas.Select(a => Math.Round(a, 4)));
    }

    [Fact]
    public void TheProbabilityIsDrawnUnlessTheLogitIsAskedFor()
    {
        MetricRequest request = Request(_network, Row(1, 1, 1, 1), Row(4, 1, 3, 2)) with { Score = null };
        // One logit is answered by a sigmoid; what is left of it while the pixels of 4, 3, 2 and 1 go is 10, 6, 3, 1 and 0.
        double[] curve = [.. new[] { 10.0, 6, 3, 1, 0 }.Select(logit => 1 / (1 + Math.Exp(-logit)))];
        Assert.Equal((curve[0] / 2 + curve[1] + curve[2] + curve[3] + curve[4] / 2) / 4, Measure("Deletion", request, _black)[0], 1e-6);
    }

    public void Dispose()
    {
        _network.Graph.Dispose();
        _scope.Dispose();
    }

    private void Check(string metric, Tensor map, double[] scores)
    {
        MetricValue value = SaliencyMetrics.Create(metric, _black).Measure(Request(_network, Row(1, 1, 1, 1), map))[0][0];
        Assert.Equal([0, 0.25, 0.5, 0.75, 1], value.Points.Select(p => p.Share));
        for (int i = 0; i < scores.Length; i++) Assert.Equal(scores[i], value.Points[i].Score, 1e-5);
        Assert.Equal((scores[0] / 2 + scores[1] + scores[2] + scores[3] + scores[4] / 2) / 4, value.Value, 1e-5);
    }
}
