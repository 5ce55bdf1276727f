using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Tests.Statistics;

public sealed class LinearSvmTests
{
    /// <summary>Of x = a positive and x = −a negative: the least of ½w² + 2C(1 − wa)² is w = 4Ca / (1 + 4Ca²), b = 0.</summary>
    [Theory]
    [InlineData(1, 1), InlineData(0.1, 2), InlineData(50, 0.3)]
    public void TwoPointsHaveAClosedForm(double cost, double a)
    {
        LinearSvm machine = LinearSvm.Train([[(float)a], [(float)-a]], [true, false], cost, tolerance: 1e-5);
        Assert.Equal(4 * cost * a / (1 + 4 * cost * a * a), machine.Weights[0], 0.01);
        Assert.Equal(0, machine.Bias, 0.01);
    }

    /// <summary>With a high cost the margin's points decide: (1, 1) and (3, 3) beside (−1, −1) and far ones give w along (1, 1) with w·(1, 1) = 1.</summary>
    [Fact]
    public void OnlySupportVectorsCount()
    {
        LinearSvm machine = LinearSvm.Train([[1, 1], [3, 4], [8, 5], [-1, -1], [-6, -3], [-2, -9]], [true, true, true, false, false, false], 1000, tolerance: 1e-5);
        Assert.Equal(0.5, machine.Weights[0], 0.02);
        Assert.Equal(0.5, machine.Weights[1], 0.02);
        Assert.Equal(0, machine.Bias, 0.02);
        Assert.Equal(1, machine.Value([1, 1]), 0.02);
    }

    /// <summary>The solution is a minimum: no small step makes the sum less.</summary>
    [Theory]
    [InlineData(false), InlineData(true)]
    public void NoStepIsBetter(bool balanced)
    {
        var random = new Random(5);
        float[][] examples = [.. Enumerable.Range(0, 60).Select(_ => new[] { random.NextSingle(), random.NextSingle(), random.NextSingle() })];
        bool[] positive = [.. examples.Select(e => e[0] + 0.3 * e[1] + 0.4 * random.NextDouble() > 1)];
        LinearSvm machine = LinearSvm.Train(examples, positive, 3, balanced, tolerance: 1e-5);
        double[] found = [.. machine.Weights, machine.Bias];
        double least = Sum(found);
        for (int i = 0; i < 200; i++) Assert.True(Sum([.. found.Select(w => w + 0.2 * (random.NextDouble() - 0.5))]) > least);

        double Sum(double[] w)
        {
            int n = positive.Length, p = positive.Count(b => b);
            double sum = w.Sum(x => x * x) / 2;
            for (int i = 0; i < n; i++)
            {
                double loss = Math.Max(0, 1 - (positive[i] ? 1 : -1) * (w[0] * examples[i][0] + w[1] * examples[i][1] + w[2] * examples[i][2] + w[3]));
                sum += (balanced ? 3.0 * n / (2 * (positive[i] ? p : n - p)) : 3) * loss * loss;
            }
            return sum;
        }
    }

    [Fact]
    public void ProbabilitiesFollowFrequencies()
    {
        var random = new Random(6);
        double[] values = [.. Enumerable.Range(0, 4000).Select(_ => 6 * random.NextDouble() - 3)];
        bool[] positive = [.. values.Select(v => random.NextDouble() < 1 / (1 + Math.Exp(-2 * v + 1)))];
        PlattScaling scaling = PlattScaling.Fit(values, positive);
        Assert.Equal(-2, scaling.A, 0.2);
        Assert.Equal(1, scaling.B, 0.2);
        Assert.Equal(0.5, scaling.Probability(0.5), 0.05);
    }
}
