using CnnVis.Engine.Embedding;

namespace CnnVis.Engine.Tests.Embedding;

public sealed class PrincipalComponentsTests
{
    [Fact]
    public void ComponentsAreThoseByHand()
    {
        // Along (3, 4) / 5 with deviations 5, 0, -5; nothing across.
        PointMatrix projected = PrincipalComponents.Project(new PointMatrix([13, 24, 10, 20, 7, 16], 3, 2), 2);
        float[] expected = [5, 0, 0, 0, -5, 0];
        for (int i = 0; i < 6; i++) Assert.Equal(expected[i], projected.Values[i], 1e-5f);
    }

    [Theory]
    [InlineData(70, 40), InlineData(200, 300), InlineData(400, 1100)]
    public void AFullRotationKeepsDistances(int count, int dimension)
    {
        PointMatrix points = LowRank(count, dimension, rank: 30), projected = PrincipalComponents.Project(points, 30);
        for (int i = 1; i < count; i += 7)
            Assert.Equal(Distance(points, 0, i), Distance(projected, 0, i), 1e-3 * Distance(points, 0, i));
    }

    [Theory]
    [InlineData(100), InlineData(600)]
    public void ComponentsAreUncorrelatedAndFall(int dimension)
    {
        PointMatrix projected = PrincipalComponents.Project(LowRank(500, dimension, rank: 40), 20);
        double[,] covariance = new double[20, 20];
        for (int i = 0; i < 500; i++)
            for (int a = 0; a < 20; a++)
                for (int b = 0; b < 20; b++) covariance[a, b] += (double)projected.Row(i)[a] * projected.Row(i)[b];
        for (int a = 1; a < 20; a++)
        {
            Assert.InRange(covariance[a, a], 0, covariance[a - 1, a - 1]);
            for (int b = 0; b < a; b++) Assert.InRange(Math.Abs(covariance[a, b]), 0, 2e-3 * Math.Sqrt(covariance[a, a] * covariance[b, b]));
        }
    }

    internal static PointMatrix LowRank(int count, int dimension, int rank)
    {
        var random = new Random(5);
        float[] left = [.. Enumerable.Range(0, count * rank).Select(_ => random.NextSingle() - 0.5f)], right = [.. Enumerable.Range(0, rank * dimension).Select(i => (random.NextSingle() - 0.5f) * MathF.Pow(0.9f, i / dimension))];
        var points = new PointMatrix(new float[count * dimension], count, dimension);
        for (int i = 0; i < count; i++)
            for (int r = 0; r < rank; r++)
                for (int c = 0; c < dimension; c++) points.Row(i)[c] += left[i * rank + r] * right[r * dimension + c];
        return points;
    }

    private static double Distance(PointMatrix points, int a, int b)
    {
        double sum = 0;
        for (int c = 0; c < points.Dimension; c++) sum += Math.Pow(points.Row(a)[c] - points.Row(b)[c], 2);
        return Math.Sqrt(sum);
    }
}
