using CnnVis.Engine.Activations;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Activations;

public sealed class ActivationAccumulatorTests
{
    [Fact]
    public void BehindAReluByHand()
    {
        // Two images, two channels, maps of 1 × 2. Channel 0: −1 2 | 4 0; channel 1: −3 −2 | −1 −5.
        var accumulator = new ActivationAccumulator(2, hasRelu: true);
        using Tensor values = tensor(new float[] { -1, 2, -3, -2, 4, 0, -1, -5 }, [2, 2, 1, 2]);
        accumulator.Add(values);
        CnnActivationStatistic[] statistics = [.. accumulator.ToStatistics(TestOrigins.Listed, "alexnet", "relu1")];
        Assert.Equal(("alexnet", "relu1", 0, 2L), (statistics[0].Model, statistics[0].Layer, statistics[0].Channel, statistics[0].ImageCount));
        Assert.Equal(0.5, statistics[0].ZeroShare);
        Assert.Equal(1, statistics[0].FiringShare);
        Assert.Equal(4, statistics[0].Maximum);
        Assert.Equal(1.5, statistics[0].Mean); // of 0 2 4 0
        Assert.Equal(Math.Sqrt(2.75), statistics[0].StandardDeviation, 6);
        Assert.Equal(FilterVerdict.Alive, statistics[0].Verdict);
        Assert.Equal(1, statistics[1].ZeroShare);
        Assert.Equal(0, statistics[1].FiringShare);
        Assert.Equal(1 - Math.Sqrt(0.05), statistics[1].FiringShareUpperBound, 9);
        Assert.Equal(-1, statistics[1].Maximum);
        Assert.Equal(FilterVerdict.Dead, statistics[1].Verdict);
    }

    [Fact]
    public void DoesNotDependOnTheBatches()
    {
        using var scope = NewDisposeScope();
        Tensor values = randn([30, 5, 6, 7], generator: new Generator(11)) + 100; // far from zero: sums of squares would cancel
        var whole = new ActivationAccumulator(5, hasRelu: false);
        whole.Add(values);
        var parts = new ActivationAccumulator(5, hasRelu: false);
        foreach (var (from, count) in new[] { (0, 1), (1, 12), (13, 17) }) parts.Add(values.narrow(0, from, count));
        Tensor deviation = values.to_type(ScalarType.Float64).transpose(0, 1).flatten(1).std(1, unbiased: false);
        foreach (var (a, b) in whole.ToStatistics(TestOrigins.Listed, "alexnet", "l").Zip(parts.ToStatistics(TestOrigins.Listed, "alexnet", "l")))
        {
            Assert.Equal(a, b); // to the last bit
            Assert.Equal(deviation[a.Channel].item<double>(), a.StandardDeviation, 4);
        }
    }

    [Fact]
    public void UnitsOfFullyConnectedLayersHaveOnePosition()
    {
        var accumulator = new ActivationAccumulator(3, hasRelu: true);
        using Tensor values = tensor(new float[] { 1, -1, 2, 3, -2, -4 }, [2, 3]);
        accumulator.Add(values);
        Assert.Equal([0, 1, 0.5], accumulator.ToStatistics(TestOrigins.Listed, "alexnet", "l").Select(s => s.ZeroShare));
    }

    [Theory]
    [InlineData(0, 1, true, FilterVerdict.Dead)]
    [InlineData(0.005, 0.9999, true, FilterVerdict.Rare)]
    [InlineData(0.01, 0.9999, true, FilterVerdict.Alive)]
    [InlineData(1, 0.0005, true, FilterVerdict.Saturated)]
    [InlineData(1, 0.0005, false, FilterVerdict.Alive)]
    public void Verdicts(double firing, double zero, bool relu, FilterVerdict expected) => Assert.Equal(expected, FilterVerdicts.Of(firing, zero, relu));
}
