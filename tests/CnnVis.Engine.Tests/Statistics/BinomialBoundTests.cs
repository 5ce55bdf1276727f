using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Tests.Statistics;

public sealed class BinomialBoundTests
{
    [Theory]
    // Closed form 1 − 0.05^(1/n), and the tables of Clopper and Pearson (one-sided 95%).
    [InlineData(0, 1, 0.95)]
    [InlineData(0, 10, 0.2589)]
    [InlineData(0, 100, 0.02951)]
    [InlineData(0, 1000, 0.002991)]
    [InlineData(1, 10, 0.3942)]
    [InlineData(5, 10, 0.7776)]
    [InlineData(10, 10, 1)]
    [InlineData(0, 0, 1)]
    public void AgreesWithTheTables(long successes, long trials, double expected) =>
        Assert.Equal(expected, BinomialBound.Upper(successes, trials), 4);

    [Theory]
    [InlineData(3, 40)]
    [InlineData(17, 60)]
    [InlineData(250, 10_000)]
    public void LeavesFivePercentBelow(long successes, long trials)
    {
        double bound = BinomialBound.Upper(successes, trials);
        double sum = 0, logarithm = trials * Math.Log(1 - bound); // log of C(n, k) pᵏ (1 − p)ⁿ⁻ᵏ, from k = 0
        for (long k = 0; k <= successes; k++)
        {
            sum += Math.Exp(logarithm);
            logarithm += Math.Log((double)(trials - k) / (k + 1)) + Math.Log(bound / (1 - bound));
        }
        Assert.Equal(0.05, sum, 5);
    }

    [Fact]
    public void RefusesWhatIsNoCount()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BinomialBound.Upper(-1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => BinomialBound.Upper(4, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => BinomialBound.Upper(1, 3, 1));
    }

    /// <summary>Where all or none succeeds, one end of the interval is that share itself, without the last bits of a root.</summary>
    [Fact]
    public void AnIntervalEndsAtNoneAndAtAll()
    {
        for (int trials = 1; trials <= 300; trials++)
        {
            RateEstimate none = BinomialBound.Rate(0, trials), all = BinomialBound.Rate(trials, trials);
            Assert.Equal((0, 1), (none.Lower, all.Upper));
            Assert.Equal(none.Upper, 1 - all.Lower, 1e-12);
        }
    }
}
