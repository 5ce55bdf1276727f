using CnnVis.Engine.Filters;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Filters;

public sealed class FilterAnalysisTests
{
    private static CnnFilterBank Analyze(Tensor weights)
    {
        using Tensor owned = weights;
        return new FilterAnalysis(owned, CancellationToken.None).ToBank(TestOrigins.Listed, "conv1", [.. Enumerable.Range(0, (int)owned.shape[0])], isRgb: false);
    }

    private static CnnFilter One(float[] plane, int side) => Analyze(tensor(plane, [1, 1, side, side])).Filters[0];

    [Fact]
    public void AConstantIsPerfectlySmooth()
    {
        CnnFilter filter = One([.. Enumerable.Repeat(2f, 16)], 4);
        Assert.Equal(8, filter.Norm, 5);
        Assert.Equal(0, filter.Smoothness);
        Assert.Equal(0, filter.HighFrequencyShare, 6);
    }

    [Fact]
    public void AChequerboardIsAllHighFrequency()
    {
        CnnFilter filter = One([.. Enumerable.Range(0, 16).Select(i => (i / 4 + i % 4) % 2 == 0 ? 1f : -1f)], 4);
        Assert.Equal(8, filter.Smoothness, 5); // every step is 2, squared 4, in both directions
        Assert.Equal(1, filter.HighFrequencyShare, 5);
    }

    [Fact]
    public void AWaveOfOneCycleIsLowAndOfThreeIsHigh()
    {
        Assert.Equal(0, One(Wave(1), 8).HighFrequencyShare, 5);
        Assert.Equal(1, One(Wave(3), 8).HighFrequencyShare, 5);

        static float[] Wave(int cycles) => [.. Enumerable.Range(0, 64).Select(i => (float)Math.Cos(2 * Math.PI * cycles * (i % 8) / 8))];
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(11)]
    public void WhiteNoiseHasFourWhateverTheWindow(int side)
    {
        CnnFilterBank bank = Analyze(randn([500, 3, side, side], generator: new Generator(3)));
        Assert.Equal(4, bank.Filters.Average(f => f.Smoothness), 0.1);
        Assert.Equal(FilterNoise.Noisy, bank.Noise);
    }

    [Fact]
    public void FindsCopiesScaledAndNegated()
    {
        using var scope = NewDisposeScope();
        Tensor weights = randn([6, 3, 5, 5], generator: new Generator(4));
        weights[4].copy_(weights[1] * -2.5f);
        CnnFilterBank bank = Analyze(weights.DetachFromDisposeScope());
        Assert.Equal(4, bank.Filters[1].NearestChannel);
        Assert.Equal(1, bank.Filters[4].NearestChannel);
        Assert.Equal(1, bank.Filters[1].NearestSimilarity, 5);
        Assert.True(bank.Filters[0].NearestSimilarity < 0.9);
    }

    [Fact]
    public void ZerosAndSingleFiltersSayNothing()
    {
        CnnFilter zero = Analyze(zeros([2, 1, 3, 3])).Filters[0];
        Assert.Equal(0, zero.Norm);
        Assert.True(double.IsNaN(zero.Smoothness) && double.IsNaN(zero.HighFrequencyShare));
        Assert.Equal((1, 0d), (zero.NearestChannel, zero.NearestSimilarity));
        CnnFilter lonely = One([1, 2, 3, 4], 2);
        Assert.Equal(-1, lonely.NearestChannel);
        Assert.True(double.IsNaN(lonely.NearestSimilarity) && double.IsNaN(lonely.HighFrequencyShare));
    }

    [Fact]
    public void PointFiltersAreUndecided()
    {
        CnnFilterBank bank = Analyze(randn([8, 16, 1, 1], generator: new Generator(5)));
        Assert.Equal(FilterNoise.Undecided, bank.Noise);
        Assert.True(double.IsNaN(bank.NoiseLevel) && double.IsNaN(bank.Filters[0].Smoothness));
    }
}
