using CnnVis.Engine.Embedding;

namespace CnnVis.Engine.Tests.Embedding;

public sealed class TsneTransformTests
{
    private static readonly PointMatrix _all = TsneTests.Clusters(700, 12);
    private static readonly PointMatrix _reference = new(_all.Values[..(600 * 12)], 600, 12), _new = new(_all.Values[(600 * 12)..], 100, 12);
    private static readonly PointMatrix _map = new(Tsne.Embed(_reference, new TsneOptions()).Positions, 600, 2);

    [Fact]
    public void ANewPointEqualToAnOldOneLandsOnIt()
    {
        TsneEmbedding placed = TsneTransform.Place(_reference, _map, new PointMatrix([.. _reference.Row(17), .. _reference.Row(4)], 2, 12), new TransformOptions());
        Assert.Equal([.. _map.Row(17), .. _map.Row(4)], placed.Positions);
    }

    [Fact]
    public void NewPointsLandInTheirClusters()
    {
        TsneEmbedding placed = TsneTransform.Place(_reference, _map, _new, new TransformOptions());
        for (int i = 0; i < 100; i++)
        {
            int nearest = Enumerable.Range(0, 600).MinBy(j => Math.Pow(_map.Row(j)[0] - placed.Positions[2 * i], 2) + Math.Pow(_map.Row(j)[1] - placed.Positions[2 * i + 1], 2));
            Assert.Equal((600 + i) % 6, nearest % 6);
        }
        Assert.Equal(5, placed.Perplexity);
    }

    [Fact]
    public void WhereOneLandsDoesNotDependOnTheOthers()
    {
        float[] together = TsneTransform.Place(_reference, _map, _new, new TransformOptions()).Positions;
        float[] alone = TsneTransform.Place(_reference, _map, new PointMatrix(_new.Row(42).ToArray(), 1, 12), new TransformOptions()).Positions;
        Assert.Equal(together[84..86], alone);
    }

    [Fact]
    public void DescentLowersTheDivergence()
    {
        double start = TsneTransform.Place(_reference, _map, _new, new TransformOptions { Iterations = 0 }).Divergence;
        Assert.InRange(TsneTransform.Place(_reference, _map, _new, new TransformOptions { Exaggeration = 1 }).Divergence, 0, start);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3)]
    public void AMapOfTwoPointsIsEnough(int dimension)
    {
        var map = new PointMatrix([.. Enumerable.Range(0, 2 * dimension).Select(i => (float)i)], 2, dimension);
        TsneEmbedding placed = TsneTransform.Place(new PointMatrix([0, 0, 4, 4], 2, 2), map, new PointMatrix([1, 1], 1, 2), new TransformOptions());
        Assert.All(placed.Positions, v => Assert.True(float.IsFinite(v)));
        Assert.Equal(dimension, placed.Positions.Length);
    }
}
