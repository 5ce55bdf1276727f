using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Tests.Statistics;

public class PairedStatisticsTests
{
    /// <summary>Russakovsky et al. 2014, section 6.4: 76 errors of a person against 102 of GoogLeNet among 1,500 pictures.</summary>
    [Fact]
    public void ZIsAsPublished()
    {
        var (z, p) = PooledDifference.Of(76, 102, 1500);
        Assert.Equal(2.0093, z, 4);
        Assert.Equal(0.02225, p, 5);
        var (back, other) = PooledDifference.Of(102, 76, 1500);
        Assert.Equal(-z, back, 12);
        Assert.Equal(1 - p, other, 12);
        Assert.True(double.IsNaN(PooledDifference.Of(0, 0, 10).Z));
        Assert.True(double.IsNaN(PooledDifference.Of(10, 10, 10).Z));
    }

    /// <summary>The same margins, with more and more errors in common.</summary>
    [Theory]
    [InlineData(102, 76, 0.060649)] // sums of binomial coefficients in whole numbers
    [InlineData(80, 54, 0.030415)]
    [InlineData(60, 34, 0.009548)]
    [InlineData(40, 14, 0.000535)]
    public void McNemarIsExact(int first, int second, double p)
    {
        Assert.Equal(p, McNemarTest.P(first, second), 6);
        Assert.Equal(McNemarTest.P(first, second), McNemarTest.P(second, first));
    }

    [Fact]
    public void McNemarOfFewIsByHand()
    {
        Assert.Equal(1, McNemarTest.P(0, 0));
        Assert.Equal(1, McNemarTest.P(3, 3));
        Assert.Equal(2 * Math.Pow(0.5, 26), McNemarTest.P(26, 0), 15);
        Assert.Equal(2 * (1 + 5) / 32.0, McNemarTest.P(1, 4), 14);
    }

    [Fact]
    public void TheCriticalNumberIsTheLastThatIsSignificant()
    {
        foreach (double alpha in new[] { 0.05, 0.01 })
        {
            for (int n = 1; n < 60; n++)
            {
                int expected = -1;
                for (int k = 0; 2 * k < n && McNemarTest.P(k, n - k) <= alpha; k++) expected = k;
                Assert.Equal(expected, McNemarTest.Critical(n, alpha));
            }
        }
    }

    /// <summary>Fagerland, Lydersen and Laake (Statistics in Medicine 2014), table of airway hyper-responsiveness, Newcombe's square-and-add interval.</summary>
    [Fact]
    public void NewcombesIntervalIsThatOfTheLiterature()
    {
        var (lower, upper) = PairedDifference.Newcombe(new PairTable(1, 1, 7, 12));
        Assert.Equal(-0.507, lower, 3);
        Assert.Equal(-0.026, upper, 3);
    }

    [Fact]
    public void NewcombesIntervalTurnsWithTheTable()
    {
        var (lower, upper) = PairedDifference.Newcombe(new PairTable(50, 12, 5, 9));
        var (turnedLower, turnedUpper) = PairedDifference.Newcombe(new PairTable(50, 5, 12, 9));
        Assert.Equal(lower, -turnedUpper, 12);
        Assert.Equal(upper, -turnedLower, 12);
        Assert.InRange(7 / 76.0, lower, upper);
        var (none, one) = PairedDifference.Newcombe(new PairTable(0, 10, 0, 0));
        Assert.InRange(none, 0.5, 1);
        Assert.Equal(1, one);
    }

    [Theory]
    [InlineData(0.3, -0.4286, 0.0965)]
    [InlineData(0.5, -1, 1)]
    [InlineData(0.8, -0.1270, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(0, 0, 0)]
    public void BoundsOfErrorConsistencyAreThePapers(double expected, double minimum, double maximum)
    {
        var bounds = ErrorConsistency.Bounds(expected);
        Assert.Equal(minimum, bounds.Minimum, 4);
        Assert.Equal(maximum, bounds.Maximum, 4);
    }

    [Fact]
    public void ErrorConsistencyIsByHand()
    {
        Assert.Equal(0.3240, ErrorConsistency.Kappa(0.765, ErrorConsistency.Expected(0.776, 0.776)), 4);
        // 6 both, 2 only the first, 1 only the second, 1 neither: .8 and .7, c_obs .7, c_exp .56 + .06 = .62.
        var table = new PairTable(6, 2, 1, 1);
        Assert.Equal(0.7, ErrorConsistency.Observed(table), 12);
        Assert.Equal((0.7 - 0.62) / 0.38, ErrorConsistency.Kappa(table), 12);
        Assert.Equal(1, ErrorConsistency.Kappa(new PairTable(10, 0, 0, 0)));
        Assert.Equal(1, ErrorConsistency.Kappa(new PairTable(4, 0, 0, 6)));
        Assert.Equal(0, ErrorConsistency.Kappa(new PairTable(4, 0, 6, 0)), 12);
    }

    [Fact]
    public void SharesGiveTheKappaThatWasAskedFor()
    {
        var (both, first, second, neither) = ErrorConsistency.Shares(0.8, 0.7, 0.25);
        Assert.Equal(1, both + first + second + neither, 12);
        Assert.Equal(0.8, both + first, 12);
        Assert.Equal(0.7, both + second, 12);
        Assert.Equal(0.25, ErrorConsistency.Kappa(both + neither, ErrorConsistency.Expected(0.8, 0.7)), 12);
    }

    /// <summary>The delta method against the spread of κ over many samples of the same table.</summary>
    [Fact]
    public void TheDeviationOfKappaIsThatOfSamples()
    {
        var (both, first, second, _) = ErrorConsistency.Shares(0.8, 0.7, 0.3);
        var random = new Random(5);
        const int Trials = 400, Samples = 4000;
        double sum = 0, squares = 0;
        for (int s = 0; s < Samples; s++)
        {
            int[] cells = new int[4];
            for (int i = 0; i < Trials; i++)
            {
                double u = random.NextDouble();
                cells[u < both ? 0 : u < both + first ? 1 : u < both + first + second ? 2 : 3]++;
            }
            double kappa = ErrorConsistency.Kappa(new PairTable(cells[0], cells[1], cells[2], cells[3]));
            sum += kappa;
            squares += kappa * kappa;
        }
        double deviation = Math.Sqrt(squares / Samples - sum / Samples * (sum / Samples));
        Assert.InRange(ErrorConsistency.Deviation(0.8, 0.7, 0.3) / Math.Sqrt(Trials) / deviation, 0.95, 1.05);
    }

    [Fact]
    public void CohensKappaIsByHand()
    {
        // Cohen's own form of table: agreement 20 + 15 of 50, margins 25/25 and 30/20: p_e = .5, κ = .4.
        int[] first = [.. Enumerable.Repeat(0, 25), .. Enumerable.Repeat(1, 25)], second = [.. Enumerable.Repeat(0, 20), .. Enumerable.Repeat(1, 5), .. Enumerable.Repeat(0, 10), .. Enumerable.Repeat(1, 15)];
        Assert.Equal(0.4, CohenKappa.Of(first, second), 12);
        Assert.Equal(1, CohenKappa.Of([1, 1], [1, 1]));
        Assert.Equal(0, CohenKappa.Of([1, 1], [1, 2]), 12);
        Assert.True(double.IsNaN(CohenKappa.Of([], [])));
    }
}
