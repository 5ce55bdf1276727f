using CnnVis.Engine.Codes;
using CnnVis.Engine.Models;
using CnnVis.Engine.Retrieval;
using CnnVis.Engine.Tests.Images;

namespace CnnVis.Engine.Tests.Retrieval;

/// <summary>How alike the images of a unit are, and whether units differ in that from random directions: cases whose numbers are known.</summary>
public sealed class CoherenceTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Network _network = RetrievalRun.Network();

    public void Dispose()
    {
        _network.Graph.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("aaaa", 1, 0)]
    [InlineData("ab", 0.5, 1)]
    [InlineData("aab", 2.0 / 3, 0.9182958340544896)]
    [InlineData("aab?", 2.0 / 3, 0.9182958340544896)] // what is not known does not count
    [InlineData("abcd", 0.25, 2)]
    public void PurityAndEntropyOfLabels(string labels, double purity, double entropy)
    {
        MaxActivatingUnit unit = Unit(labels);
        Assert.Equal(purity, unit.LabelPurity!.Value, 12);
        Assert.Equal(entropy, unit.LabelEntropy!.Value, 12);
        MaxActivatingUnit twice = unit with { Images = [.. unit.Images, unit.Images[0]] }; // another place in the first image
        Assert.Equal((unit.LabelPurity, unit.LabelEntropy), (twice.LabelPurity, twice.LabelEntropy));
    }

    [Fact]
    public void WithoutLabelsThereIsNoPurity()
    {
        foreach (string labels in new[] { "", "??" }) Assert.Equal((null, null), (Unit(labels).LabelPurity, Unit(labels).LabelEntropy));
    }

    [Fact]
    public void SamplesWithoutSpreadHaveAnIntervalOfOnePoint()
    {
        var set = Set([.. Units(7, "aabb"), .. Directions(5, "abcd")]);
        CoherenceComparison comparison = Assert.Single(CoherenceBootstrap.Compare(set, seed: 1));
        Assert.Equal(new CoherenceComparison("conv1", CoherenceMeasure.LabelPurity, 7, 5, 0.5, 0.25, 0.25, 0.25, 0.25), comparison);
    }

    [Theory]
    [InlineData(100, 64)]
    [InlineData(400, 25)]
    public void TheIntervalIsThatOfTheNormalDistributionForManyUnits(int units, int directions)
    {
        // Half of the units 1, half 0.5: a standard deviation of 0.25. A quarter of the directions 1, the others 0.5: 0.25 times the square root of 3/4.
        var set = Set([.. Units(units / 2, "aa"), .. Units(units / 2, "ab"), .. Directions(directions / 4, "aa"), .. Directions(directions - directions / 4, "ab")]);
        double share = (double)(directions / 4) / directions, difference = 0.75 - (0.5 + share / 2);
        double error = 1.96 * Math.Sqrt(0.25 * 0.25 / units + 0.25 * share * (1 - share) / directions);
        CoherenceComparison comparison = Assert.Single(CoherenceBootstrap.Compare(set, seed: 3));
        Assert.Equal(difference, comparison.Difference, 12);
        Assert.InRange(comparison.LowerBound, difference - 1.1 * error, difference - 0.9 * error);
        Assert.InRange(comparison.UpperBound, difference + 0.9 * error, difference + 1.1 * error);
        Assert.Equal(comparison, Assert.Single(CoherenceBootstrap.Compare(set, seed: 3)));
    }

    [Fact]
    public void LayersWithoutBothAreNotCompared()
    {
        Assert.Empty(CoherenceBootstrap.Compare(Set([.. Units(3, "ab")]), 0));
        Assert.Empty(CoherenceBootstrap.Compare(Set([.. Directions(3, "ab")]), 0));
        Assert.Empty(CoherenceBootstrap.Compare(Set([.. Units(3, "ab"), .. Directions(3, "ab").Select(d => d with { Layer = "conv2" })]), 0));
        Assert.Empty(CoherenceBootstrap.Compare(Set([.. Units(3, "ab"), .. Directions(3, "ab").Select(d => d with { IsRandom = false })]), 0)); // a direction of the user's own
        Assert.Empty(CoherenceBootstrap.Compare(Set([.. Units(3, "aa"), .. Directions(3, "aa")]), 0)); // one label says nothing
    }

    [Fact]
    public void CodesAreComparedWhereTheyWereMeasured()
    {
        var set = Set([.. Units(4, "aa").Select(u => u with { CodeSimilarity = 0.75 }), .. Directions(4, "aa").Select(u => u with { CodeSimilarity = 1 })]);
        CoherenceComparison comparison = Assert.Single(CoherenceBootstrap.Compare(set, 0));
        Assert.Equal((CoherenceMeasure.CodeSimilarity, -0.25, -0.25, -0.25), (comparison.Measure, comparison.Difference, comparison.LowerBound, comparison.UpperBound));
    }

    [Fact]
    public void SimilarityIsTheMeanCosineOfAllPairs()
    {
        string[] files = [.. Enumerable.Range(0, 5).Select(i => _folder.Add($"{i}.png", Pictures.Png(Pictures.Noise(16, 16, seed: i))))];
        MaxActivatingImageSet found = new CodeSimilarity(_network, 4).Measure(RetrievalRun.Over(_network, new RetrievalQuery { Layers = [RetrievalRun.All(_network, "relu2")], Top = 4, PerImage = 3, BatchSize = 4 }, files), default);
        double[][] codes = [.. BruteForce.Maps(_network, _network.Value(CodeLayer.Of(_network)), files, 4).Select(m => m!.SelectMany(c => c).Select(v => (double)v).ToArray())];
        foreach (MaxActivatingUnit unit in found.Units)
        {
            int[] images = [.. unit.Images.Select(i => (int)i.Index).Distinct()];
            double[] cosines = [.. from a in images from b in images where a < b select Cosine(codes[a], codes[b])];
            if (cosines.Length == 0) Assert.Null(unit.CodeSimilarity);
            else Assert.Equal(cosines.Average(), unit.CodeSimilarity!.Value, 5);
        }
        Assert.Contains(found.Units, u => u.CodeSimilarity is not null);
    }

    [Fact]
    public void TheSamePictureTwiceIsAlikeAndOneAloneIsNothing()
    {
        byte[] picture = Pictures.Png(Pictures.Noise(16, 16, seed: 1));
        string[] files = [_folder.Add("a.png", picture), _folder.Add("b.png", picture)];
        var query = new RetrievalQuery { Layers = [RetrievalRun.All(_network, "conv1")], BatchSize = 4 };
        Assert.All(Measure(files), u => Assert.Equal(1, u.CodeSimilarity!.Value, 5));
        Assert.All(Measure(files[..1]), u => Assert.Null(u.CodeSimilarity));

        IReadOnlyList<MaxActivatingUnit> Measure(string[] of) => new CodeSimilarity(_network, 4).Measure(RetrievalRun.Over(_network, query, of), default).Units;
    }

    private static double Cosine(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(x => x * x));

    private MaxActivatingImageSet Set(MaxActivatingUnit[] units) =>
        RetrievalRun.Over(_network, new RetrievalQuery { Layers = [RetrievalRun.All(_network, "conv1")] }, []) with { Units = units };

    private static IEnumerable<MaxActivatingUnit> Units(int count, string labels) => Enumerable.Range(0, count).Select(i => Unit(labels) with { Channel = i });

    private static IEnumerable<MaxActivatingUnit> Directions(int count, string labels) =>
        Enumerable.Range(0, count).Select(i => Unit(labels) with { Channel = null, Direction = $"random {i}", IsRandom = true });

    /// <summary>A unit with an image a letter; ? has no label.</summary>
    private static MaxActivatingUnit Unit(string labels) => new()
    {
        Model = "small",
        Layer = "conv1",
        Channel = 0,
        Direction = null,
        IsRandom = false,
        Row = null,
        Column = null,
        Images = [.. labels.Select((label, i) => new MaxActivatingImage
        {
            Order = i + 1,
            Path = $"{i}.png",
            Label = label == '?' ? null : $"{label}",
            Index = i,
            Value = 1,
            NormalizedValue = 1,
            Row = null,
            Column = null,
            Box = default,
            InputBox = default,
        })],
    };
}
