using CnnVis.Engine.Attribution.Metrics;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using static CnnVis.Engine.Tests.Attribution.Metrics.MetricNetworks;
using static CnnVis.Engine.Tests.Attribution.Saliency.SaliencyNetworks;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Attribution.Metrics;

/// <summary>Pointing game and energy in a row of six pixels.</summary>
public sealed class BoxMetricTests : IDisposable
{
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();
    private readonly Network _network = Linear(1, 1, 1, 1, 1, 1);

    [Theory]
    [InlineData(new[] { 0f, 0, 5, 1, 0, 0 }, 2, 2, 0, 1)]
    [InlineData(new[] { 0f, 5, 0, 1, 0, 0 }, 2, 2, 0, 0)]
    [InlineData(new[] { 0f, 5, 0, 1, 0, 0 }, 2, 2, 1, 1)] // the pixel before the box
    [InlineData(new[] { 5f, 0, 0, 1, 0, 0 }, 2, 2, 1, 0)]
    [InlineData(new[] { 0f, 0, 0, 0, 0, 5 }, 2, 2, 1, 0)] // the box ends with pixel 3
    [InlineData(new[] { 0f, 0, 0, 0, 0, 5 }, 2, 2, 2, 1)]
    [InlineData(new[] { 0f, 0, 0, 0, 5, 0 }, 2, 2, 0, 0)]
    [InlineData(new[] { 0f, 0, 0, -5, 4, 0 }, 3, 1, 0, 1)] // the largest magnitude
    [InlineData(new[] { 0f, 3, 3, 0, 0, 0 }, 2, 2, 0, 0)] // the first of equals
    [InlineData(new[] { 0f, 0, 0, 0, 0, 0 }, 0, 1, 0, 1)]
    public void PointingGame(float[] map, int x, int width, double tolerance, double hit) =>
        Assert.Equal([hit], Measure("PointingGame", Boxed(map, new PixelBox(x, 0, width, 1)), new MetricOptions { Tolerance = tolerance }));

    [Fact]
    public void OneOfSeveralBoxesIsEnough() =>
        Assert.Equal([1.0], Measure("PointingGame", Boxed([0, 0, 0, 0, 5, 0], new PixelBox(0, 0, 2, 1), new PixelBox(4, 0, 1, 1))));

    [Fact]
    public void TheReductionCounts()
    {
        MetricRequest request = Boxed([0, 0, 0, -5, 4, 0], new PixelBox(4, 0, 1, 1));
        Assert.Equal([0.0], Measure("PointingGame", request));
        Assert.Equal([1.0], Measure("PointingGame", new MetricRequest(request.Explained, request.Method, request.Result, SaliencyReduction.Sum) { Places = request.Places }));
    }

    [Theory]
    [InlineData(new[] { 1f, 1, 1, 1, 1, 1 }, 2, 2, 2 / 6.0)]
    [InlineData(new[] { 0f, 1, 3, 0, 0, 0 }, 2, 2, 0.75)]
    [InlineData(new[] { 0f, 0, 0, 0, 0, 0 }, 2, 2, double.NaN)]
    [InlineData(new[] { 0f, -1, 3, 0, 0, 0 }, 2, 2, 0.75)] // magnitudes
    public void EnergyInBox(float[] map, int x, int width, double share) =>
        Assert.Equal([share], Measure("EnergyInBox", Boxed(map, new PixelBox(x, 0, width, 1))));

    [Fact]
    public void EnergyIsThePositivePartOfSignedMaps()
    {
        MetricRequest request = Boxed([2, -1, 6, 0, 0, 0], new PixelBox(1, 0, 2, 1));
        Assert.Equal([0.75], Measure("EnergyInBox", new MetricRequest(request.Explained, request.Method, request.Result, SaliencyReduction.Sum) { Places = request.Places }));
    }

    [Fact]
    public void OverlappingBoxesCountOnce() =>
        Assert.Equal([0.5], Measure("EnergyInBox", Boxed([1, 1, 1, 1, 1, 1], new PixelBox(1, 0, 2, 1), new PixelBox(2, 0, 2, 1))));

    [Fact]
    public void WithoutABoxThereIsNoValue()
    {
        MetricRequest request = Boxed([0, 0, 5, 0, 0, 0]);
        Assert.Empty(Measure("PointingGame", request));
        Assert.Empty(Measure("EnergyInBox", request));
    }

    /// <summary>The photo is twice as large, and the input begins at its third column of the resized one.</summary>
    [Fact]
    public void BoxesAreThoseOfThePhoto()
    {
        var view = new PixelView(20, 4, 10, 2, 3, 0);
        var places = new ObjectPlaces([new PixelBox(8, 0, 2, 2), new PixelBox(0, 0, 6, 4)], view);
        Assert.Equal(0, places.Distance(1, 0)); // columns 8 and 9
        Assert.True(places.Distance(0, 0) > 0 && places.Distance(2, 0) > 0);
        Assert.Equal([new PixelBox(8, 0, 2, 2)], places.Seen(_network.Input).Boxes); // columns 6 and on are seen
    }

    public void Dispose()
    {
        _network.Graph.Dispose();
        _scope.Dispose();
    }

    private MetricRequest Boxed(float[] map, params PixelBox[] boxes) =>
        Request(_network, Row(1, 1, 1, 1, 1, 1), Row(map)) with { Places = [new ObjectPlaces(boxes, Whole(6, 1))] };
}
