using CnnVis.Engine.Graphs.Patches;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Attribution.Occlusion;

public sealed class WinogradTests
{
    [Theory]
    [InlineData(2, 1, 6, 6, 16, 32, true)]
    [InlineData(2, 3, 5, 8, 64, 48, false)]
    [InlineData(2, 2, 1, 3, 256, 16, true)]
    [InlineData(4, 1, 8, 4, 16, 32, true)]
    [InlineData(4, 3, 5, 7, 64, 48, false)]
    [InlineData(4, 2, 1, 3, 256, 16, true)]
    [InlineData(4, 2, 6, 13, 512, 24, true)]
    public void IsTheConvolution(int side, int count, int height, int width, int channels, int maps, bool biased)
    {
        using var scope = NewDisposeScope();
        using var scratch = new PatchScratch();
        WinogradTile tile = WinogradTile.All.Single(t => t.Outputs == side);
        int Up(int outputs) => (outputs + side - 1) / side * side;
        var random = new Generator(1);
        Tensor input = randn([count, height + 2, width + 2, channels], generator: random), weights = randn([maps, channels, 3, 3], generator: random) / (3 * Math.Sqrt(channels));
        Tensor? bias = biased ? randn([maps], generator: random) : null;
        Tensor expected = nn.functional.conv2d(input.permute(0, 3, 1, 2).to(ScalarType.Float64), weights.to(ScalarType.Float64), bias?.to(ScalarType.Float64)).permute(0, 2, 3, 1);
        // Whole tiles: what lies behind the outputs asked for must not matter.
        Tensor whole = full([count, Up(height) + 2, Up(width) + 2, channels], 7f);
        whole.narrow(1, 0, height + 2).narrow(2, 0, width + 2).copy_(input);
        Tensor actual = Winograd.Convolve(tile, whole, Winograd.Filters(tile, weights), bias, height, width, scratch);
        Assert.Equal(expected.shape, actual.shape);
        Assert.InRange((actual - expected).abs().max().item<double>(), 0, side == 2 ? 3e-6 : 3e-5); // of outputs up to 4
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void TellsItsRounding(int side)
    {
        using var scope = NewDisposeScope();
        WinogradTile tile = WinogradTile.All.Single(t => t.Outputs == side);
        Tensor weights = randn([16, 64, 3, 3], generator: new Generator(1)), filters = Winograd.Filters(tile, weights);
        Assert.InRange(Winograd.Error(tile, filters, weights), 1e-8, 5e-6);
        Assert.InRange(Winograd.Error(tile, filters.bfloat16().@float(), weights), 1e-4, 1e-1);
    }
}
