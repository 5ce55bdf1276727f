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

    [Fact]
    public void EqualPointsAreNoTrouble()
    {
        NeighborTable found = ApproximateNeighbors.Find(new PointMatrix(new float[3000 * 4], 3000, 4), 12);
        Assert.All(found.SquaredDistances, d => Assert.Equal(0, d));
    }

    [Fact]
    public void TheSameSeedFindsTheSame() =>
        Assert.Equal(ApproximateNeighbors.Find(_points, 10, seed: 3).Indices, ApproximateNeighbors.Find(_points, 10, seed: 3).Indices);
}
