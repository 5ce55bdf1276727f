using CnnVis.Engine.Embedding;
using CnnVis.Engine.Embedding.Forces;
using CnnVis.Engine.Embedding.Neighbors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Embedding;

public sealed class TsneTests
{
    [Theory]
    [InlineData(1, 3, 1), InlineData(37, 2, 5), InlineData(400, 7, 30), InlineData(1000, 50, 90)]
    public void NeighborsAreThoseOfAllPairs(int count, int dimension, int k)
    {
        PointMatrix points = Points(count + 1, dimension, seed: 3);
        for (int i = 0; i < points.Values.Length; i += 3) points.Values[i] = MathF.Round(points.Values[i]); // some ties
        NeighborTable found = ExactNeighbors.Find(points, k);
        for (int i = 0; i < points.Count; i++)
        {
            double[] distances = [.. Enumerable.Range(0, points.Count).Select(j => Squared(points, i, j))];
            double[] expected = [.. distances.Where((_, j) => j != i).Order().Take(k)];
            int[] indices = found.Indices[(i * k)..((i + 1) * k)];
            Assert.DoesNotContain(i, indices);
            Assert.Equal(k, indices.Distinct().Count());
            for (int j = 0; j < k; j++)
            {
                Assert.Equal(expected[j], distances[indices[j]], 1e-4);
                Assert.Equal(expected[j], found.SquaredDistances[i * k + j], 1e-4);
            }
        }
    }

    [Fact]
    public void NeighborsOfEqualPointsAreTheFirstOnes()
    {
        NeighborTable found = ExactNeighbors.Find(new PointMatrix(new float[200 * 3], 200, 3), 4);
        Assert.Equal([1, 2, 3, 4], found.Indices[..4]);
        Assert.Equal([0, 1, 2, 3], found.Indices[^4..]);
    }

    [Theory]
    [InlineData(5), InlineData(30)]
    public void RowsHaveThePerplexityAskedFor(double perplexity)
    {
        NeighborTable neighbors = ExactNeighbors.Find(Points(300, 10, seed: 5), 90);
        float[] rows = Perplexity.Rows(neighbors, perplexity);
        for (int i = 0; i < 300; i++)
        {
            float[] row = rows[(i * 90)..((i + 1) * 90)];
            Assert.Equal(1, row.Sum(), 1e-4f);
            double entropy = -row.Where(p => p > 0).Sum(p => p * Math.Log(p));
            Assert.Equal(perplexity, Math.Exp(entropy), 0.01 * perplexity);
        }
    }

    [Fact]
    public void EquallyFarNeighborsShareAlike()
    {
        var neighbors = new NeighborTable(3, [1, 2, 3], [4, 4, 4]);
        Assert.All(Perplexity.Rows(neighbors, 2), p => Assert.Equal(1 / 3f, p, 1e-6f));
    }

    [Fact]
    public void JointAffinitiesAreSymmetricAndSumToOne()
    {
        // Two points and a far third: by hand.
        var neighbors = new NeighborTable(1, [1, 0, 1], [1, 1, 9]);
        double[,] joint = Dense(Symmetrization.Join(neighbors, [1, 1, 1]));
        Assert.Equal(2 / 6.0, joint[0, 1], 1e-6);
        Assert.Equal(1 / 6.0, joint[1, 2], 1e-6);
        Assert.Equal(0, joint[0, 2]);

        NeighborTable many = ExactNeighbors.Find(Points(150, 4, seed: 1), 20);
        joint = Dense(Symmetrization.Join(many, Perplexity.Rows(many, 7)));
        double sum = 0;
        for (int i = 0; i < 150; i++)
        {
            for (int j = 0; j < 150; j++)
            {
                Assert.Equal(joint[i, j], joint[j, i]);
                sum += joint[i, j];
            }
        }
        Assert.Equal(1, sum, 1e-5);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3)]
    public void ForcesAreTheDivergencesGradient(int dimension)
    {
        NeighborTable neighbors = ExactNeighbors.Find(Points(40, 5, seed: 2), 12);
        var attraction = new Attraction(Symmetrization.Join(neighbors, Perplexity.Rows(neighbors, 4)), dimension);
        var repulsion = new ExactRepulsion(40, dimension);
        float[] map = Points(40, dimension, seed: 9).Values, pull = new float[map.Length], push = new float[map.Length];
        double z = repulsion.Compute(map, push);
        attraction.Compute(map, pull);
        double Divergence(float[] at) => attraction.Divergence(at, repulsion.Compute(at, new float[at.Length]));
        for (int e = 0; e < map.Length; e += 7)
        {
            const float Step = 1e-2f;
            float[] up = [.. map], down = [.. map];
            up[e] += Step;
            down[e] -= Step;
            double numeric = (Divergence(up) - Divergence(down)) / (up[e] - down[e]);
            Assert.Equal(numeric, 4 * (pull[e] - push[e] / z), 2e-3 * Math.Max(0.05, Math.Abs(numeric)));
        }
    }

    [Theory]
    [InlineData(1, 1e-4f), InlineData(2, 1e-4f), InlineData(2, 1f), InlineData(2, 30f), InlineData(1, 40f)]
    public void FourierForcesAreTheExactOnes(int dimension, float deviation)
    {
        float[] map = [.. Points(3000, dimension, seed: 4).Values.Select(v => v * deviation)], exact = new float[map.Length], fast = new float[map.Length];
        var reference = new ExactRepulsion(3000, dimension);
        var fourier = new FourierRepulsion(3000, dimension);
        double z = reference.Compute(map, exact);
        Assert.Equal(z, fourier.Compute(map, fast), 1e-3 * z);
        double error = 0, scale = 0;
        for (int i = 0; i < map.Length; i++)
        {
            error += Math.Pow(fast[i] - exact[i], 2);
            scale += Math.Pow(exact[i], 2);
        }
        Assert.InRange(Math.Sqrt(error / scale), 0, 0.01);
    }

    [Theory]
    [InlineData(2), InlineData(3)]
    public void TreeForcesAreTheExactOnes(int dimension)
    {
        float[] map = [.. Points(2000, dimension, seed: 6).Values.Select(v => v * 10)], exact = new float[map.Length], fast = new float[map.Length];
        var reference = new ExactRepulsion(2000, dimension);
        var tree = new BarnesHutRepulsion(2000, dimension);
        double z = reference.Compute(map, exact);
        Assert.Equal(z, tree.Compute(map, fast), 0.02 * z);
        double error = exact.Zip(fast, (a, b) => Math.Pow(a - b, 2)).Sum(), scale = exact.Sum(a => (double)a * a);
        Assert.InRange(Math.Sqrt(error / scale), 0, 0.03);
    }

    [Theory]
    [InlineData(2), InlineData(3), InlineData(10), InlineData(50), InlineData(99)]
    public void SmallSetsDoNotCollapse(int count)
    {
        TsneEmbedding map = Tsne.Embed(Points(count, 8, seed: 8), new TsneOptions());
        Assert.All(map.Positions, v => Assert.True(float.IsFinite(v)));
        double nearest = Enumerable.Range(0, count).Average(i => Enumerable.Range(0, count).Where(j => j != i).Min(j => Distance(map, i, j)));
        double extent = Enumerable.Range(0, count).Max(i => Distance(map, i, 0));
        Assert.InRange(extent, 0.1, 1e3);
        Assert.True(nearest > 0.01 * extent, $"neighbours {nearest} apart in a map {extent} wide");
    }

    [Fact]
    public void DuplicatesAndConstantColumnsGiveNumbers()
    {
        PointMatrix points = Points(120, 6, seed: 8);
        for (int i = 0; i < 120; i++)
        {
            points.Row(i)[2] = 7;
            if (i >= 60) points.Row(i - i % 60 % 5).CopyTo(points.Row(i));
        }
        Assert.All(Tsne.Embed(points, new TsneOptions { Iterations = 300 }).Positions, v => Assert.True(float.IsFinite(v)));
        Assert.All(Tsne.Embed(new PointMatrix(new float[40 * 3], 40, 3), new TsneOptions { Iterations = 300 }).Positions, v => Assert.True(float.IsFinite(v)));
    }

    [Fact]
    public void ClustersStayTogether()
    {
        PointMatrix points = Clusters(600, 12);
        TsneEmbedding map = Tsne.Embed(points, new TsneOptions());
        int same = Enumerable.Range(0, 600).Count(i => Enumerable.Range(0, 600).Where(j => j != i).MinBy(j => Distance(map, i, j)) % 6 == i % 6);
        Assert.InRange(same, 590, 600);
    }

    [Fact]
    public void StoppedItGivesTheMapSoFar()
    {
        using var stop = new CancellationTokenSource();
        TsneEmbedding map = Tsne.Embed(Clusters(200, 5), new TsneOptions(), progress => { if (progress.Iteration >= 100) stop.Cancel(); }, stop.Token);
        Assert.InRange(map.Iterations, 100, 110);
        Assert.All(map.Positions, v => Assert.True(float.IsFinite(v)));
    }

    private static double Distance(TsneEmbedding map, int i, int j)
    {
        double sum = 0;
        for (int c = 0; c < map.Dimension; c++) sum += Math.Pow(map.Positions[i * map.Dimension + c] - map.Positions[j * map.Dimension + c], 2);
        return Math.Sqrt(sum);
    }

    private static double Squared(PointMatrix points, int i, int j)
    {
        double sum = 0;
        for (int c = 0; c < points.Dimension; c++) sum += Math.Pow(points.Row(i)[c] - points.Row(j)[c], 2);
        return sum;
    }

    private static double[,] Dense(SparseAffinities sparse)
    {
        double[,] dense = new double[sparse.Count, sparse.Count];
        for (int i = 0; i < sparse.Count; i++)
            for (long e = sparse.Starts[i]; e < sparse.Starts[i + 1]; e++) dense[i, sparse.Columns[e]] += sparse.Values[e];
        return dense;
    }

    internal static PointMatrix Points(int count, int dimension, ulong seed)
    {
        using var scope = NewDisposeScope();
        return new PointMatrix(randn([count, dimension], generator: new Generator(seed)).data<float>().ToArray(), count, dimension);
    }

    /// <summary>Point i belongs to cluster i mod 6.</summary>
    internal static PointMatrix Clusters(int count, int dimension)
    {
        PointMatrix points = Points(count, dimension, seed: 11), centers = Points(6, dimension, seed: 12);
        for (int i = 0; i < count; i++)
            for (int c = 0; c < dimension; c++) points.Row(i)[c] += 8 * centers.Row(i % 6)[c];
        return points;
    }
}
