using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Tests.Statistics;

public sealed class LogisticRegressionTests
{
    [Fact]
    public void TwoGroupsGiveTheirLogOdds()
    {
        // 30 of 40 and 10 of 40: intercept ln 3, difference −2 ln 3, variance of the difference 1/30 + 1/10 + 1/10 + 1/30.
        double[][] rows = [.. Enumerable.Range(0, 80).Select(i => (double[])[1, i < 40 ? 0 : 1])];
        bool[] right = [.. Enumerable.Range(0, 80).Select(i => i < 30 || i is >= 40 and < 50)];
        LogisticRegression fit = LogisticRegression.Fit(rows, right, [.. rows.Select((_, i) => $"{i}")])!;
        Assert.Equal(Math.Log(3), fit.Weights[0], 3);
        Assert.Equal(-2 * Math.Log(3), fit.Weights[1], 3);
        Assert.Equal(8 / 30.0 * 80 / 79, fit.Covariance[1, 1], 3); // the sandwich of single rows, with its correction
        Assert.Equal(0.25, fit.Chance([1, 1]), 4);
    }

    [Fact]
    public void SeparableRowsHaveAnAnswer()
    {
        double[][] rows = [.. Enumerable.Range(0, 20).Select(i => (double[])[1, i])];
        LogisticRegression fit = LogisticRegression.Fit(rows, [.. rows.Select(r => r[1] >= 10)], [.. rows.Select((_, i) => $"{i}")])!;
        Assert.True(fit.Chance([1, 0]) < 0.01 && fit.Chance([1, 19]) > 0.99);
    }
}
