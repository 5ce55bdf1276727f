using CnnVis.Engine.Graphs.Patches;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Attribution.Occlusion;

public sealed class WinogradTests
{
    [Theory]
    [InlineData(1, 6, 6, 16, 32, true)]
    [InlineData(3, 5, 8, 64, 48, false)]
    [InlineData(2, 1, 3, 256, 16, true)]
    public void IsTheConvolution(int count, int height, int width, int channels, int maps, bool biased)
    {
        using var scope = NewDisposeScope();
        var random = new Generator(1);
        Tensor input = randn([count, height + 2, width + 2, channels], generator: random), weights = randn([maps, channels, 3, 3], generator: random) / (3 * Math.Sqrt(channels));
        Tensor? bias = biased ? randn([maps], generator: random) : null;
        Tensor expected = nn.functional.conv2d(input.permute(0, 3, 1, 2).to(ScalarType.Float64), weights.to(ScalarType.Float64), bias?.to(ScalarType.Float64)).permute(0, 2, 3, 1);
        // Whole tiles: what lies behind the outputs asked for must not matter.
        Tensor whole = full([count, height + height % 2 + 2, width + width % 2 + 2, channels], 7f);
        whole.narrow(1, 0, height + 2).narrow(2, 0, width + 2).copy_(input);
        Tensor actual = Winograd.Convolve(whole, Winograd.Filters(weights), bias, height, width);
        Assert.Equal(expected.shape, actual.shape);
        Assert.InRange((actual - expected).abs().max().item<double>(), 0, 3e-6);
    }
}
