using CnnVis.Engine.Embedding;
using CnnVis.Engine.Embedding.Neighbors;

namespace CnnVis.Engine.Tests.Embedding;

public sealed class ApproximateNeighborsTests
{
    private static readonly PointMatrix _points = TsneTests.Clusters(6000, 20);

    [Fact]
    public void NearlyAllNeighborsAreFound()
    {
        NeighborTable found = ApproximateNeighbors.Find(_points, 30, seed: 1), exact = ExactNeighbors.Find(_points, 30);
        double recall = Enumerable.Range(0, 6000).Average(i => found.Indices[(i * 30)..(i * 30 + 30)].Intersect(exact.Indices[(i * 30)..(i * 30 + 30)]).Count() / 30.0);
        Assert.InRange(recall, 0.97, 1);
        Assert.Equal(recall, ApproximateNeighbors.Recall(_points, found), 0.01);
        Assert.InRange(ApproximateNeighbors.Recall(_points, exact), 0.9999, 1); // rounding may swap two that are equally far
    }

    [Fact]
    public void RowsAreInOrderWithoutThePointItselfAndWithoutRepetition()
    {
        NeighborTable found = ApproximateNeighbors.Find(_points, 30, seed: 2);
        for (int i = 0; i < 6000; i += 11)
        {
            int[] row = found.Indices[(i * 30)..(i * 30 + 30)];
            Assert.Equal(30, row.Distinct().Count());
            Assert.DoesNotContain(i, row);
            Assert.DoesNotContain(-1, row);
            Assert.Equal(found.SquaredDistances[(i * 30)..(i * 30 + 30)].Order(), found.SquaredDistances[(i * 30)..(i * 30 + 30)]);
        }
    }

    /// <summary>Points of a curved sheet among 20 numbers, as codes are: few directions, and noise.</summary>
    [Theory]
    [InlineData(9001, 90), InlineData(30_000, 30)]
    public void OfPointsWithFewDirectionsNearlyAllNeighborsAreFound(int count, int k)
    {
        PointMatrix sheet = TsneTests.Points(count, 6, seed: 31), axes = TsneTests.Points(6, 20, seed: 32), points = TsneTests.Points(count, 20, seed: 33);
        for (int i = 0; i < count; i++)
            for (int c = 0; c < 20; c++) points.Row(i)[c] = 0.02f * points.Row(i)[c] + 0.2f * MathF.Tanh(Enumerable.Range(0, 6).Sum(a => sheet.Row(i)[a] * axes.Row(a)[c]));
        Assert.InRange(ApproximateNeighbors.Recall(points, ApproximateNeighbors.Find(points, k)), 0.97, 1);
    }

    [Theory]
    [InlineData(2, 1), InlineData(64, 63), InlineData(65, 10), InlineData(129, 128), InlineData(1000, 999), InlineData(700, 90)]
    public void FewPointsHaveAllTheirNeighbors(int count, int k)
    {
        PointMatrix points = TsneTests.Points(count, 5, seed: 34);
        NeighborTable found = ApproximateNeighbors.Find(points, k), exact = ExactNeighbors.Find(points, k);
        Assert.Equal(exact.SquaredDistances, found.SquaredDistances);
        for (int i = 0; i < count; i++) Assert.Equal(exact.Indices[(i * k)..(i * k + k)].Order(), found.Indices[(i * k)..(i * k + k)].Order()); // distances that differ behind float32 come by index
    }

    [Fact]
    public void EqualPointsAreNoTrouble()
    {
        NeighborTable found = ApproximateNeighbors.Find(new PointMatrix(new float[3000 * 4], 3000, 4), 12);
        Assert.All(found.SquaredDistances, d => Assert.Equal(0, d));
    }

    [Fact]
    public void TheSameSeedFindsTheSame() =>
        Assert.Equal(ApproximateNeighbors.Find(_points, 10, seed: 3).Indices, ApproximateNeighbors.Find(_points, 10, seed: 3).Indices);

    [Fact]
    public void AStoppedSearchEnds()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => ApproximateNeighbors.Find(_points, 10, cancellation: stop.Token));
    }
}
