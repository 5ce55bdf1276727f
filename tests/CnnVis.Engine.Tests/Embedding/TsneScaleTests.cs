using CnnVis.Engine.Embedding;
using CnnVis.Engine.Embedding.Neighbors;
using CnnVis.Engine.Embedding.Quality;

namespace CnnVis.Engine.Tests.Embedding;

/// <summary>Maps do not depend on where points lie and how large their numbers are.</summary>
public sealed class TsneScaleTests
{
    [Theory]
    [InlineData(-38), InlineData(-25), InlineData(-12), InlineData(12), InlineData(20), InlineData(37)]
    public void AMapDoesNotDependOnTheScaleOfThePoints(int exponent)
    {
        PointMatrix points = TsneTests.Points(120, 8, seed: 6);
        float factor = (float)Math.ScaleB(1, (int)(exponent * Math.Log2(10)));
        var scaled = new PointMatrix([.. points.Values.Select(v => v * factor)], points.Count, points.Dimension);
        var options = new TsneOptions { Iterations = 150 };
        TsneEmbedding expected = Tsne.Embed(points, options), map = Tsne.Embed(scaled, options);
        if (exponent > -38) Assert.Equal(expected.Positions, map.Positions); // a power of two changes no bit but of numbers below 2⁻¹²⁶
        Assert.Equal(expected.Divergence, map.Divergence, 0.05);
        TsneQuality quality = MapQuality.Measure(points, new PointMatrix(map.Positions, 120, 2), new string?[120], 10), same = MapQuality.Measure(scaled, new PointMatrix(map.Positions, 120, 2), new string?[120], 10);
        Assert.Equal(quality.Trustworthiness, same.Trustworthiness, 0.01);
        var place = new PointMatrix(map.Positions, 120, 2);
        TsneEmbedding placed = TsneTransform.Place(scaled, place, Moved(scaled, 1.0001f), new TransformOptions()), usual = TsneTransform.Place(points, place, Moved(points, 1.0001f), new TransformOptions());
        for (int i = 0; i < placed.Positions.Length; i++) Assert.Equal(usual.Positions[i], placed.Positions[i], 0.1f);
    }

    [Fact]
    public void AnyFiniteNumbersMakeAMap()
    {
        var random = new Random(3);
        float[] values = [.. Enumerable.Range(0, 60 * 5).Select(_ => (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-40, 39))))];
        (values[0], values[1], values[5]) = (float.MaxValue, float.MinValue, float.MinValue);
        TsneEmbedding map = Tsne.Embed(new PointMatrix(values, 60, 5), new TsneOptions { Iterations = 50 });
        Assert.All(map.Positions, p => Assert.True(float.IsFinite(p)));
        Assert.True(double.IsFinite(map.Divergence));
        float[] column = [.. Enumerable.Range(0, 60).SelectMany(i => new[] { 1e20f, i * 1e-25f })]; // a number that all share, and one that orders them
        Assert.Equal([.. Enumerable.Range(0, 60).Select(i => i / 59f)], PrincipalComponents.Project(new PointMatrix(column, 60, 2), 1).Values.Select(v => v / 59e-25f + 0.5f), (a, b) => Math.Abs(a - b) < 1e-5f);
    }

    [Theory]
    [InlineData(100, 12), InlineData(5000, 12), InlineData(300, 400)]
    public void NearDuplicatesFarFromTheMiddleKeepTheirNeighbors(int distance, int dimension)
    {
        // Eight lines of 50 points, far apart; the squared steps are below the rounding of the squared norms.
        const int Lines = 8, Length = 50;
        PointMatrix points = OnLines(Lines, Length, dimension, distance, step: 0.003f);
        NeighborTable found = ExactNeighbors.Find(points, 10);
        for (int i = 0; i < points.Count; i++)
        {
            double[] expected = [.. Enumerable.Range(0, points.Count).Where(j => j != i).Select(j => Squared(points, i, j)).Order().Take(10)];
            for (int j = 0; j < 10; j++)
            {
                Assert.Equal(expected[j], Squared(points, i, found.Indices[i * 10 + j]), 1e-6 * expected[j]);
                Assert.Equal(expected[j], found.SquaredDistances[i * 10 + j], 1e-6 * expected[j]);
            }
        }
    }

    [Theory]
    [InlineData(40), InlineData(200), InlineData(300), InlineData(700)]
    public void ALineIsALineInTheMapHoweverFarTheOthers(int dimension)
    {
        PointMatrix points = OnLines(8, 50, dimension, distance: 480, step: 0.0032f);
        TsneEmbedding map = Tsne.Embed(points, new TsneOptions { Perplexity = 15 });
        TsneQuality quality = MapQuality.Measure(points, new PointMatrix(map.Positions, points.Count, 2), new string?[points.Count], 5);
        Assert.InRange(quality.Trustworthiness, 0.995, 1);
        Assert.InRange(map.Divergence, 0, 0.25);
    }

    [Fact]
    public void ManyMoreDuplicatesThanNeighborsAreNoTrouble()
    {
        PointMatrix points = TsneTests.Points(2000, 6, seed: 9);
        for (int i = 0; i < 1500; i++) points.Row(0).CopyTo(points.Row(i));
        NeighborTable found = ExactNeighbors.Find(points, 5);
        Assert.Equal([1, 2, 3, 4, 5], found.Indices[..5]);
        Assert.Equal([0, 1, 2, 3, 4], found.Indices[(1499 * 5)..(1500 * 5)]);
        Assert.All(found.SquaredDistances[..(1500 * 5)], d => Assert.Equal(0, d));
    }

    [Theory]
    [InlineData(40, 3000), InlineData(300, 3000)]
    public void FewPointsOfManyNumbersKeepTheirDistances(int count, int dimension)
    {
        PointMatrix points = PrincipalComponentsTests.LowRank(count, dimension, rank: 30), projected = PrincipalComponents.Project(points, 35);
        for (int i = 1; i < count; i++) Assert.Equal(Math.Sqrt(Squared(points, 0, i)), Math.Sqrt(Squared(projected, 0, i)), 1e-5 * Math.Sqrt(Squared(points, 0, i)));
    }

    private static PointMatrix OnLines(int lines, int length, int dimension, float distance, float step)
    {
        var random = new Random(4);
        var points = new PointMatrix(new float[lines * length * dimension], lines * length, dimension);
        for (int line = 0; line < lines; line++)
        {
            double[] start = Direction(), along = Direction();
            for (int i = 0; i < length; i++)
                for (int c = 0; c < dimension; c++) points.Row(line * length + i)[c] = (float)(distance * start[c] + i * step * along[c]);
        }
        return points;

        double[] Direction()
        {
            double[] direction = [.. Enumerable.Range(0, dimension).Select(_ => random.NextDouble() - 0.5)];
            double norm = Math.Sqrt(direction.Sum(v => v * v));
            return [.. direction.Select(v => v / norm)];
        }
    }

    private static PointMatrix Moved(PointMatrix points, float factor) => new([.. points.Values.Select(v => v * factor)], points.Count, points.Dimension);

    private static double Squared(PointMatrix points, int a, int b)
    {
        double sum = 0;
        for (int c = 0; c < points.Dimension; c++) sum += Math.Pow((double)points.Row(a)[c] - points.Row(b)[c], 2);
        return sum;
    }
}
