using CnnVis.Engine.Models;
using CnnVis.Engine.Synthesis;
using CnnVis.Engine.Synthesis.Parameterizations;
using CnnVis.Engine.Synthesis.Transformations;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Synthesis;

public sealed class ParameterizationTests
{
    [Theory]
    [InlineData(3, 32, 32)]
    [InlineData(1, 7, 9)]
    [InlineData(5, 8, 6)]
    public void FourierGoesThereAndBack(int channels, int height, int width)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        Tensor pixels = rand(2, channels, height, width) * 0.9 + 0.05;
        var fourier = new FourierParameterization(new CnnInput(channels, height, width, ResizeMode.Crop, height), ColorCorrelation.ImageNet(channels));
        Assert.True((fourier.Decode(fourier.Encode(pixels)) - pixels).abs().max().item<float>() < 1e-4);
    }

    [Fact]
    public void CorrelationIsARootOfTheCovariance()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        Tensor mixing = tensor(new[,] { { 1f, 0.2f, 0 }, { 0.9f, 0, 0.1f }, { 0.8f, -0.3f, 0.2f } });
        Tensor pixels = mixing.matmul(randn(3, 400));
        ColorCorrelation colors = ColorCorrelation.Of([pixels.flatten().data<float>().ToArray()], 3);
        Tensor m = tensor(colors.Matrix.ToArray(), [3, 3], dtype: ScalarType.Float64), centred = (pixels - pixels.mean([1L], keepdim: true)).to(ScalarType.Float64);
        Tensor covariance = centred.matmul(centred.t()) / 400, product = m.matmul(m.t());
        Tensor ratio = product / covariance;
        Assert.True((ratio / ratio[0, 0] - 1).abs().max().item<double>() < 1e-3);
        Assert.Equal(1, m.square().sum([0L]).sqrt().max().item<double>(), 9);
        Tensor planes = rand(1, 3, 4, 4);
        Assert.True((colors.Separate(colors.Mix(planes)) - planes).abs().max().item<float>() < 1e-3);
    }

    [Fact]
    public void ViewsWithoutMovementAreThePicture()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        Tensor pixels = rand(2, 3, 9, 12);
        Assert.True((new RandomView(0).Apply(pixels, [new Random(1), new Random(2)]) - pixels).abs().max().item<float>() < 1e-5);
    }

    [Fact]
    public void ShiftsAreWholePixelsWithGreyBeyond()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        Tensor pixels = rand(1, 1, 8, 8);
        var expected = new Random(5);
        int dx = expected.Next(-3, 4), dy = expected.Next(-3, 4);
        Tensor shifted = new RandomView(3).Apply(pixels, [new Random(5)]);
        for (int y = 0; y < 8; y++)
            for (int x = 0; x < 8; x++)
                Assert.Equal(y + dy is >= 0 and < 8 && x + dx is >= 0 and < 8 ? pixels[0, 0, y + dy, x + dx].item<float>() : 0.5f, shifted[0, 0, y, x].item<float>(), 4);
    }

    [Fact]
    public void TheMeanIsFoundWhateverTheOrderOfColors()
    {
        var options = new ImportOptions { Mean = [0.1f, 0.5f, 0.9f], StandardDeviation = [0.2f, 0.3f, 0.4f] };
        Assert.Equal([0.1f, 0.5f, 0.9f], NetworkMean.Of(Net(options)).Select(v => MathF.Round(v, 4)));
        Assert.Equal(3, NetworkMean.Of(Net(options with { ChannelOrder = ChannelOrder.Bgr })).Select(v => MathF.Round(v, 4)).Distinct().Count());
        Assert.Equal([0f, 0f, 0f], NetworkMean.Of(Net(new ImportOptions())));

        static Network Net(ImportOptions options) => Network.Create("net", "test", TestNetworks.Residual(), new Dictionary<string, string>(), options);
    }
}
