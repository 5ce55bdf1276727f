using CnnVis.Engine.Embedding;
using CnnVis.Engine.Embedding.Quality;

namespace CnnVis.Engine.Tests.Embedding;

public sealed class MapQualityTests
{
    private static readonly string?[] _none = new string?[6];

    [Fact]
    public void TheIdentityIsTrustworthy()
    {
        PointMatrix points = TsneTests.Clusters(300, 2);
        TsneQuality quality = MapQuality.Measure(points, points, [.. Enumerable.Range(0, 300).Select(i => $"{i % 6}")], 10);
        Assert.Equal((1, 1, 10, 300), (quality.Trustworthiness, quality.NeighborPreservation, quality.Neighbors, quality.Sample));
        Assert.InRange(quality.LabelAccuracy!.Value, 0.9, 1);
    }

    [Fact]
    public void RanksAreCountedAsByHand()
    {
        // On a line 0 1 2 3 4 5; in the map the last has gone to the front: 5 is next to 0.
        PointMatrix points = Line(0, 1, 2, 3, 4, 5), map = Line(0, 1, 2, 3, 4, -0.5f);
        TsneQuality quality = MapQuality.Measure(points, map, _none, 1);
        // Nearest in the map: 0→5 (rank 5 among the points), 1→0 (1), 2→1 (1), 3→2 (1), 4→3 (1, equal to 5 and before it), 5→0 (rank 5).
        Assert.Equal(1 - 2.0 / (6 * 1 * (12 - 3 - 1)) * (4 + 4), quality.Trustworthiness, 1e-12);
        Assert.Equal(4 / 6.0, quality.NeighborPreservation, 1e-12);
        Assert.Null(quality.LabelAccuracy);
    }

    [Fact]
    public void LabelsOfTheNearestLabelledPointCount()
    {
        PointMatrix map = Line(0, 1, 2.5f, 9, 10, 12.5f);
        // 0→1 same, 1→0 same, 2 unknown, 3→4 differs, 4→3 differs, 5→4 same.
        Assert.Equal(3 / 5.0, MapQuality.Measure(map, map, ["a", "a", null, "a", "b", "b"], 2).LabelAccuracy);
        Assert.Null(MapQuality.Measure(map, map, ["a", "a", "a", "a", "a", "a"], 2).LabelAccuracy);
    }

    [Fact]
    public void ARandomMapIsNot()
    {
        PointMatrix points = TsneTests.Clusters(900, 8);
        var random = new Random(3);
        var map = new PointMatrix([.. Enumerable.Range(0, 1800).Select(_ => random.NextSingle())], 900, 2);
        TsneQuality quality = MapQuality.Measure(points, map, new string?[900], 10);
        Assert.InRange(quality.Trustworthiness, 0.45, 0.55);
        Assert.InRange(quality.NeighborPreservation, 0, 0.05);
    }

    [Fact]
    public void ASampleSaysNearlyTheSame()
    {
        PointMatrix points = TsneTests.Clusters(MapQuality.ExactCount + 500, 5);
        TsneQuality quality = MapQuality.Measure(points, points, new string?[points.Count], 10);
        Assert.Equal((MapQuality.SampleCount, 1, 1), (quality.Sample, quality.Trustworthiness, quality.NeighborPreservation));
    }

    [Theory]
    [InlineData(2), InlineData(3), InlineData(7)]
    public void SmallMapsHaveNumbers(int count)
    {
        PointMatrix points = TsneTests.Clusters(count, 4);
        TsneQuality quality = MapQuality.Measure(points, points, new string?[count], 10);
        Assert.Equal((Math.Max(1, (count - 1) / 2), 1.0, 1.0), (quality.Neighbors, quality.Trustworthiness, quality.NeighborPreservation));
    }

    private static PointMatrix Line(params float[] places) => new(places, places.Length, 1);
}
