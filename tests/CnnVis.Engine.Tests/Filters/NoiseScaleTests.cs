using CnnVis.Engine.Filters;
using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Filters;

/// <summary>The calibration, on the weights that it speaks of.</summary>
public sealed class NoiseScaleTests
{
    public static TheoryData<string> Convolutions => ["conv1", "conv2", "conv3", "conv4", "conv5"];

    [Theory]
    [MemberData(nameof(Convolutions))]
    public void TrainedFiltersAreSmooth(string layer) => Assert.Equal(FilterNoise.Smooth, Read(Weights(layer), noise: 0).Noise);

    [Theory]
    [MemberData(nameof(Convolutions))]
    public void NoiseOfEqualEnergyIsAboutHalf(string layer)
    {
        CnnFilterBank bank = Read(Weights(layer), noise: 1);
        Assert.InRange(bank.NoiseLevel, 0.35, 0.55);
        Assert.Equal(FilterNoise.PartlyNoisy, bank.Noise);
    }

    [Theory]
    [MemberData(nameof(Convolutions))]
    public void RandomFiltersAreNoisy(string layer)
    {
        using Tensor random = randn(Weights(layer).shape, generator: new Generator(2));
        CnnFilterBank bank = Read(random, noise: 0);
        Assert.InRange(bank.NoiseLevel, 0.95, 1);
        Assert.Equal(FilterNoise.Noisy, bank.Noise);
    }

    private static Tensor Weights(string layer)
    {
        Network network = ModelCatalog.Get("alexnet64");
        return network.Graph.Parameters[network.Graph.Nodes[network.Layer(layer).Index].Inputs[1]];
    }

    /// <param name="weights">[filters, planes, height, width].</param>
    /// <param name="noise">Deviation of the noise that is added, over that of the weights.</param>
    private static CnnFilterBank Read(Tensor weights, double noise)
    {
        using var scope = NewDisposeScope();
        Tensor mixed = weights + noise * weights.square().mean().sqrt() * randn(weights.shape, generator: new Generator(1));
        return new FilterAnalysis(mixed, CancellationToken.None).ToBank(TestOrigins.Listed, "layer", [0], isRgb: false);
    }
}
