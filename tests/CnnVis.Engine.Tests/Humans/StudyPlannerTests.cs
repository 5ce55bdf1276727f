using CnnVis.Engine.Humans;
using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Tests.Humans;

public class StudyPlannerTests
{
    /// <summary>The power against the sum over all tables of so few pictures.</summary>
    [Theory]
    [InlineData(12, 0.9, 0.4, 0.1)]
    [InlineData(25, 0.8, 0.5, 0)]
    public void PowerIsTheSumOverAllTables(int count, double first, double second, double kappa)
    {
        var (_, b, c, _) = ErrorConsistency.Shares(first, second, kappa);
        double sum = 0;
        for (int i = 0; i <= count; i++)
            for (int j = 0; i + j <= count; j++)
                if (McNemarTest.P(i, j) <= 0.05) sum += Choose(count, i) * Choose(count - i, j) * Math.Pow(b, i) * Math.Pow(c, j) * Math.Pow(1 - b - c, count - i - j);
        Assert.Equal(sum, StudyPlanner.Power(count, first, second, kappa, 0.05), 10);

        static double Choose(int n, int k) => Enumerable.Range(1, k).Aggregate(1.0, (product, i) => product * (n - k + i) / i);
    }

    [Theory]
    [InlineData(0.949, 0.932, 0.2, 0.8)]
    [InlineData(0.9, 0.8, 0.3, 0.9)]
    [InlineData(1, 0.5, 0, 0.8)]
    public void TheNumberIsTheLeastThatIsEnough(double first, double second, double kappa, double power)
    {
        var (count, approximate) = StudyPlanner.ForDifference(first, second, kappa, power, 0.05);
        for (int more = 0; more < 20; more++) Assert.True(StudyPlanner.Power(count + more, first, second, kappa, 0.05) >= power);
        Assert.True(StudyPlanner.Power(count - 1, first, second, kappa, 0.05) < power);
        Assert.InRange(approximate, count / 2, count * 1.1);
        Assert.Equal(count, StudyPlanner.ForDifference(second, first, kappa, power, 0.05).Count);
    }

    [Fact]
    public void TheIntervalIsAsNarrowAsAskedFor()
    {
        int count = StudyPlanner.ForHalfWidth(0.776, 0.776, 0.331, 0.05, 0.95);
        Assert.True(StudyPlanner.HalfWidth(count, 0.776, 0.776, 0.331, 0.95) <= 0.05);
        Assert.True(StudyPlanner.HalfWidth(count - 1, 0.776, 0.776, 0.331, 0.95) > 0.05);
        // Accuracies of one half: κ = 2 c_obs − 1 to first order, whose variance is 4 c(1 − c)/n; with κ = 0 it is 1/n.
        Assert.Equal(1.959963984540054 / Math.Sqrt(100), StudyPlanner.HalfWidth(100, 0.5, 0.5, 0, 0.95), 10);
    }

    [Fact]
    public void WhatCannotBeIsTold()
    {
        Assert.Contains("between", Assert.Throws<CnnVisException>(() => StudyPlanner.ForDifference(0.9, 0.5, 0.9, 0.8, 0.05)).Message, StringComparison.Ordinal);
        Assert.Contains("same accuracy", Assert.Throws<CnnVisException>(() => StudyPlanner.ForDifference(0.9, 0.9, 0.5, 0.8, 0.05)).Message, StringComparison.Ordinal);
        Assert.Contains("no study", Assert.Throws<CnnVisException>(() => StudyPlanner.ForDifference(0.9, 0.9001, 0, 0.8, 0.05)).Message, StringComparison.Ordinal);
        Assert.Contains("no study", Assert.Throws<CnnVisException>(() => StudyPlanner.ForHalfWidth(0.9, 0.8, 0, 0.0005, 0.95)).Message, StringComparison.Ordinal);
        var (count, _) = StudyPlanner.ForDifference(1, 0, 0, 0.8, 0.05);
        Assert.Equal(6, count); // six of six is the first that is significant
    }
}
