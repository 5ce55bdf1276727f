using CnnVis.Engine.Embedding;
using CnnVis.Engine.Embedding.Devices;
using CnnVis.Engine.Embedding.Forces;
using CnnVis.Engine.Embedding.Neighbors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Embedding;

/// <summary>t-SNE as tensors does what the processor's own code does; here on libtorch's CPU device.</summary>
public sealed class DeviceTsneTests
{
    private const string Processor = "cpu";

    /// <summary>Of clusters that are well apart: how others come to lie is a matter of rounding, and worth more than a percent.</summary>
    [Theory]
    [InlineData(1000, 30, 30), InlineData(1000, 50, 50), InlineData(3000, 20, 15)]
    public void TheDivergenceIsTheProcessorsToAPercent(int count, int length, double perplexity)
    {
        PointMatrix points = TsneTests.Clusters(count, length);
        var options = new TsneOptions { Perplexity = perplexity, Iterations = 500 };
        TsneEmbedding expected = Tsne.Embed(points, options), map = Tsne.Embed(points, options with { Device = Processor });
        Assert.Equal(expected.Divergence, map.Divergence, 0.01 * expected.Divergence);
        Assert.Equal(500, map.Iterations);
        for (int c = 0; c < 2; c++) Assert.Equal(0, Enumerable.Range(0, count).Average(i => (double)map.Positions[i * 2 + c]), 1e-3);
    }

    /// <summary>With small steps from a wide start so few points go down to one and the same minimum; large ones lead them to any of several.</summary>
    [Theory]
    [InlineData(37, 1, 30), InlineData(37, 2, 30), InlineData(37, 2, 5), InlineData(37, 3, 5), InlineData(120, 2, 12)]
    public void FewPointsReachTheSameMinimum(int count, int dimension, double perplexity)
    {
        PointMatrix points = TsneTests.Clusters(count, 12);
        var options = new TsneOptions { Dimension = dimension, Perplexity = perplexity, EarlyExaggeration = 1, LearningRate = 1, Iterations = 400, Start = TsneTests.Points(count, dimension, seed: 21).Values };
        TsneEmbedding expected = Tsne.Embed(points, options), map = Tsne.Embed(points, options with { Device = Processor });
        Assert.Equal(expected.Divergence, map.Divergence, 0.01 * expected.Divergence);
        Assert.Equal(expected.Perplexity, map.Perplexity);
    }

    /// <summary>Before rounding has grown, the points are at the same places: with exact forces to float32, with those of a grid to the grid's error. Exaggeration and gains have set in.</summary>
    [Theory]
    [InlineData(37, 1), InlineData(37, 2), InlineData(500, 3), InlineData(2600, 1), InlineData(2600, 2)]
    public void TheFirstStepsAreTheProcessors(int count, int dimension)
    {
        PointMatrix points = TsneTests.Clusters(count, 10);
        var options = new TsneOptions { Dimension = dimension, Perplexity = 12, Iterations = 15, LearningRate = 10, Start = [.. TsneTests.Points(count, dimension, seed: 22).Values.Select(v => 3 * v)] };
        float[] expected = Tsne.Embed(points, options).Positions, map = Tsne.Embed(points, options with { Device = Processor }).Positions;
        Assert.InRange(Math.Sqrt(expected.Zip(map, (a, b) => Math.Pow(a - b, 2)).Sum() / expected.Sum(a => (double)a * a)), 0, 1e-4);
        Assert.True(expected.Zip(options.Start, (a, b) => Math.Abs(a - b)).Max() > 0.05);
    }

    [Theory]
    [InlineData(2, 5, 1), InlineData(40, 3, 7), InlineData(700, 50, 90), InlineData(2500, 12, 30)]
    public void NeighborsAreTheExactOnes(int count, int dimension, int k)
    {
        PointMatrix points = TsneTests.Points(count, dimension, seed: 13);
        if (count > 100) points.Row(3).CopyTo(points.Row(88)); // a duplicate
        NeighborTable expected = ExactNeighbors.Find(points, k), found = DeviceNeighbors.Find(points, k, CPU);
        for (int e = 0; e < expected.SquaredDistances.Length; e++)
        {
            Assert.Equal(expected.SquaredDistances[e], found.SquaredDistances[e], 1e-5f * (1 + expected.SquaredDistances[e]));
            Assert.NotEqual(e / k, found.Indices[e]);
        }
        double same = Enumerable.Range(0, count).Average(i => expected.Indices[(i * k)..(i * k + k)].Intersect(found.Indices[(i * k)..(i * k + k)]).Count() / (double)k);
        Assert.InRange(same, 0.9999, 1); // rounding may swap two that are equally far
    }

    [Theory]
    [InlineData(1, 1e-4f), InlineData(2, 1e-4f), InlineData(2, 1f), InlineData(2, 30f), InlineData(1, 40f)]
    public void FourierForcesAreTheExactOnes(int dimension, float deviation)
    {
        float[] map = [.. TsneTests.Points(3000, dimension, seed: 4).Values.Select(v => v * deviation)], exact = new float[map.Length];
        double z = new ExactRepulsion(3000, dimension).Compute(map, exact);
        using var scope = NewDisposeScope();
        using var fourier = new DeviceFourierRepulsion(dimension, CPU);
        Tensor forces = zeros([3000, dimension]);
        Assert.Equal(z, fourier.Compute(tensor(map, [3000, dimension]), forces), 1e-3 * z);
        Assert.InRange(Error(exact, forces), 0, 0.01);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3)]
    public void ForcesOfPairsAreTheProcessors(int dimension)
    {
        const int Count = 500;
        float[] map = [.. TsneTests.Points(Count, dimension, seed: 5).Values.Select(v => 4 * v)], push = new float[map.Length], pull = new float[map.Length];
        NeighborTable neighbors = ExactNeighbors.Find(TsneTests.Points(Count, 6, seed: 2), 40);
        SparseAffinities affinities = Symmetrization.Join(neighbors, Perplexity.Rows(neighbors, 12));
        var attraction = new Attraction(affinities, dimension);
        double z = new ExactRepulsion(Count, dimension).Compute(map, push);
        attraction.Compute(map, pull);
        using var scope = NewDisposeScope();
        using var mine = new DeviceAttraction(affinities, CPU);
        Tensor at = tensor(map, [Count, dimension]), forces = zeros([Count, dimension]);
        Assert.Equal(z, new DeviceExactRepulsion().Compute(at, forces), 1e-5 * z);
        Assert.InRange(Error(push, forces), 0, 1e-5);
        mine.Compute(at, forces);
        Assert.InRange(Error(pull, forces), 0, 1e-5);
        Assert.Equal(attraction.Divergence(map, z), mine.Divergence(at) + Math.Log(z), 1e-5);
    }

    [Fact]
    public void TheOrderOfEntriesChangesNoBitOfASum()
    {
        using var scope = NewDisposeScope();
        Tensor rows = randn([5000, 2], generator: new Generator(1)) / 1e4f, index = randint(0, 7, [5000], generator: new Generator(2));
        Tensor order = randperm(5000, generator: new Generator(3));
        Tensor sum = zeros([7, 2], ScalarType.Int64), shuffled = zeros([7, 2], ScalarType.Int64);
        FixedPoint.Add(sum, index, rows, 50);
        FixedPoint.Add(shuffled, index.index_select(0, order), rows.index_select(0, order), 50);
        Assert.Equal(sum.data<long>().ToArray(), shuffled.data<long>().ToArray());
        double[] exact = new double[14];
        for (int i = 0; i < 5000; i++)
            for (int c = 0; c < 2; c++) exact[2 * index[i].item<long>() + c] += rows[i, c].item<float>();
        Assert.Equal(exact, FixedPoint.Value(sum, 50).data<float>().Select(v => (double)v), (a, b) => Math.Abs(a - b) < 1e-7 * Math.Max(1e-2, Math.Abs(a)));
    }

    [Fact]
    public void StoppedItGivesTheMapSoFar()
    {
        using var stop = new CancellationTokenSource();
        TsneEmbedding map = Tsne.Embed(TsneTests.Clusters(200, 5), new TsneOptions { Device = Processor }, progress => { if (progress.Iteration >= 100) stop.Cancel(); }, stop.Token);
        Assert.InRange(map.Iterations, 100, 101);
        Assert.All(map.Positions, v => Assert.True(float.IsFinite(v)));
        Assert.Throws<OperationCanceledException>(() => DeviceNeighbors.Find(TsneTests.Points(100, 4, seed: 1), 5, CPU, stop.Token));
    }

    [Fact]
    public void DuplicatesAndConstantColumnsGiveNumbers()
    {
        Assert.All(Tsne.Embed(new PointMatrix(new float[40 * 3], 40, 3), new TsneOptions { Iterations = 100, Device = Processor }).Positions, v => Assert.True(float.IsFinite(v)));
        PointMatrix points = TsneTests.Clusters(2600, 6);
        for (int i = 1300; i < 2600; i++) points.Row(i % 7).CopyTo(points.Row(i));
        Assert.All(Tsne.Embed(points, new TsneOptions { Iterations = 60, Device = Processor }).Positions, v => Assert.True(float.IsFinite(v)));
    }

    [Fact]
    public void ADeviceThatIsNotThereIsAnError() =>
        Assert.Equal(ErrorIds.DeviceNotAvailable, Assert.Throws<CnnVisException>(() => Tsne.Embed(TsneTests.Points(10, 3, seed: 1), new TsneOptions { Device = "cuda:99" })).ErrorId);

    private static double Error(float[] expected, Tensor found)
    {
        float[] values = found.data<float>().ToArray();
        return Math.Sqrt(expected.Zip(values, (a, b) => Math.Pow(a - b, 2)).Sum() / expected.Sum(a => (double)a * a));
    }
}
