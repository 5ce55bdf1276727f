using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Tests.Statistics;

/// <summary>Against SciPy 1.10 (chi2_contingency without correction, kruskal, spearmanr, hypergeom), and Cochran and Armitage by hand.</summary>
public sealed class TrendTestsTests
{
    private static readonly (int, int)[] _groups = [(9, 10), (7, 10), (6, 10), (3, 10)];

    [Fact]
    public void SharesThatFallAreATrend()
    {
        Assert.Equal(0.005518004932, TrendTests.CochranArmitage(_groups)!.Value, 9);
        Assert.Equal(0.04601170569, TrendTests.ChiSquare(_groups)!.Value, 9);
        Assert.Null(TrendTests.CochranArmitage([(5, 5), (7, 7)]));
        Assert.Null(TrendTests.CochranArmitage([(3, 5)]));
        Assert.Null(TrendTests.ChiSquare([(3, 5)]));
    }

    /// <summary>Of three groups χ² has two degrees of freedom, and p is e^(−χ²/2): no difference is too large for a p of its own.</summary>
    [Fact]
    public void GreatDifferencesHaveAPToo()
    {
        // χ² = Σ (r − 1000 · 0.5)² / 250 = (400² + 0 + 400²) / 250 = 1280
        Assert.Equal(Math.Exp(-640) * 1e278, TrendTests.ChiSquare([(100, 1000), (500, 1000), (900, 1000)])!.Value * 1e278, 1e-8);
        // Of n values in three separate groups of m the ranks' statistic is 12 / (n (n + 1)) · 2 m³ = 24 · 8e6 / (600 · 601) = 532.4…
        double[][] groups = [.. new[] { 0, 200, 400 }.Select(start => Enumerable.Range(start, 200).Select(i => (double)i).ToArray())];
        double expected = Math.Exp(-12.0 / (600.0 * 601) * 2 * Math.Pow(200, 3) / 2);
        Assert.Equal(1, TrendTests.KruskalWallis(groups)!.Value / expected, 1e-8);
    }

    [Fact]
    public void RanksOfGroupsAreCompared()
    {
        Assert.Equal(0.02379025436, TrendTests.KruskalWallis([[1, 2, 2, 5], [3, 4, 5, 6], [7, 8, 8]])!.Value, 9);
        Assert.Null(TrendTests.KruskalWallis([[1, 1], [1]]));
    }

    [Fact]
    public void ARankCorrelationHasStudentsP()
    {
        Assert.Equal(0.02344880835, TrendTests.Spearman(0.8214285714285715, 7)!.Value, 9);
        Assert.Equal(0, TrendTests.Spearman(1, 7));
        Assert.Null(TrendTests.Spearman(0.3, 2));
    }

    [Fact]
    public void AFewOfManyAreHypergeometric() => Assert.Equal(0.00731391034, TrendTests.AtMost(3, 10, 70, 100), 9);

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(-0.8)]
    public void AKnownCorrelationLiesInItsInterval(double rho)
    {
        // Of a normal pair with Pearson's r the ranks have (6/π) asin(r/2).
        var random = new Random(7);
        double r = 2 * Math.Sin(Math.PI * rho / 6);
        double[] a = new double[4000], b = new double[4000];
        for (int i = 0; i < a.Length; i++)
        {
            a[i] = Normal();
            b[i] = r * a[i] + Math.Sqrt(1 - r * r) * Normal();
        }
        var (correlation, lower, upper) = ClusteredCorrelation.Of(a, b, [.. a.Select((_, i) => $"{i}")], 1);
        Assert.InRange(correlation!.Value, rho - 0.04, rho + 0.04);
        Assert.InRange(rho, lower!.Value, upper!.Value);
        Assert.InRange(upper.Value - lower.Value, 0.02, 0.08);

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    [Fact]
    public void ClustersThatAgreeWidenTheInterval()
    {
        // Ten clusters, each of one pair a hundred times: there are ten pairs, not a thousand.
        var random = new Random(3);
        double[] a = [.. Enumerable.Range(0, 10).Select(_ => random.NextDouble())], b = [.. a.Select(v => v + random.NextDouble())];
        double[] Many(double[] v) => [.. v.SelectMany(x => Enumerable.Repeat(x, 100))];
        string[] clusters = [.. Enumerable.Range(0, 1000).Select(i => $"{i / 100}")];
        var clustered = ClusteredCorrelation.Of(Many(a), Many(b), clusters, 1);
        var single = ClusteredCorrelation.Of(Many(a), Many(b), [.. clusters.Select((_, i) => $"{i}")], 1);
        Assert.True(clustered.Upper - clustered.Lower > 4 * (single.Upper - single.Lower));
        Assert.Equal((null, null, null), ClusteredCorrelation.Of([1, 1, 1], [0, 1, 0], ["a", "b", "c"], 1));
    }
}
