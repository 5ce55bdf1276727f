using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Tests.Statistics;

public sealed class MeanMatchingTests
{
    [Fact]
    public void TheLargestAreDroppedUntilMeansAgree()
    {
        // Means 0.3 and 0.5: without 0.9 and 0.7 the second has 0.3 too.
        var kept = Match([0.1, 0.2, 0.3, 0.4, 0.5], [0.1, 0.2, 0.3, 0.4, 0.5, 0.9, 0.7, 0.9 - 0.1]);
        Assert.Equal([0, 1, 2, 3, 4], kept[0]);
        Assert.Equal([0, 1, 2, 3, 4], kept[1]);
    }

    [Fact]
    public void OfEqualValuesTheFirstByNameIsDropped()
    {
        (double, string)[] low = [.. Enumerable.Range(0, 6).Select(i => (0.0, $"l{i}"))];
        (double, string)[] high = [(0, "a"), (0, "b"), (0, "c"), (0, "d"), (0, "e"), (1, "y"), (1, "x")];
        Assert.Equal([0, 1, 2, 3, 4], MeanMatching.Match([low, high], 0)[1]);
        Assert.Equal([0, 1, 2, 3, 4, 5], MeanMatching.Match([low, high], 0.17)[1]); // one may stay: its mean is 1/6; x goes before y
    }

    [Fact]
    public void FewerThanFiveEndIt()
    {
        var kept = Match([0, 0, 0, 0, 0], [1, 1, 1, 1, 1, 1]);
        Assert.Equal(6, kept[1].Count); // nothing brings it nearer
        Assert.Equal(4, Match([0, 0, 0, 0, 0], [1, 2, 3, 4, 5, 6])[1].Count);
    }

    private static IReadOnlyList<IReadOnlyList<int>> Match(params double[][] groups) =>
        MeanMatching.Match([.. groups.Select(g => (IReadOnlyList<(double, string)>)[.. g.Select((v, i) => (v, $"{i:00}"))])], 0.001);
}
