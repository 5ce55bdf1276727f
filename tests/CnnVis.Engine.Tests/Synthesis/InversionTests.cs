using CnnVis.Engine.Models;
using CnnVis.Engine.Synthesis.Inversion;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Synthesis;

public sealed class InversionTests
{
    private readonly Network _network = Network.Create("net", "test", TestNetworks.AlexNet(width: 16), new Dictionary<string, string>(), new ImportOptions());

    [Theory]
    [InlineData("conv1", 1)]
    [InlineData("pool1", 1)]
    [InlineData("relu2", 1)]
    [InlineData("conv3", 10)]
    [InlineData("relu4", 10)]
    [InlineData("conv5", 100)]
    [InlineData("fc6", 100)]
    [InlineData("fc8", 100)]
    public void WeightsOfAlexNetAreThePapers(string layer, double factor) => Assert.Equal(factor, DepthWeights.Factor(_network, _network.Layer(layer)));

    [Theory]
    [InlineData(64, InversionMethod.Adam, 10, false)]
    [InlineData(128, InversionMethod.Adam, 10, true)]
    [InlineData(224, InversionMethod.Adam, 100, true)]
    [InlineData(224, InversionMethod.Adam, 1, false)]
    [InlineData(224, InversionMethod.Momentum, 10, false)]
    [InlineData(224, InversionMethod.Lbfgs, 10, false)]
    public void LargePicturesAreMovedAsSpectra(int side, InversionMethod method, double depth, bool spectrum) =>
        Assert.Equal(spectrum, InversionDefaults.Spectrum(new CnnInput(3, side, side, ResizeMode.Crop, side), method, depth));

    [Theory]
    [InlineData(2, 10, 0)]
    [InlineData(4, 1, 0)]
    [InlineData(4, 10, 1)]
    [InlineData(8, 10, 0)]
    [InlineData(16, 100, 0)]
    public void OnlyLayersWhoseStrideLeavesStripesAreShifted(double stride, double depth, int jitter)
    {
        var layer = new CnnLayer("net", 0, "a", "a", "Conv", [3, 4, 5], 0, 0, new ReceptiveField(9, 9, stride, stride, 0, 0));
        Assert.Equal(jitter, InversionDefaults.Jitter(layer, depth, spectrum: true));
        Assert.Equal(0, InversionDefaults.Jitter(layer, depth, spectrum: false));
    }

    /// <summary>A layer that keeps the picture: what a spectrum finds within the steps is the picture, also where colours are mixed.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void BothWaysFindAPictureThatTheLayerKeeps(bool spectrum)
    {
        CnnLayer layer = _network.Layer("conv1");
        float[] picture = [.. Picture().Select(v => 0.4f + 0.2f * v)];
        var inversion = new CodeInversion(_network, new InversionOptions { Spectrum = spectrum, Steps = 40, AlphaWeight = 0, TotalVariation = 0 });
        CnnReconstruction[] made = [.. inversion.Invert(layer, [new InversionTarget("x.png", inversion.Codes([picture], [layer])[0][0], null, picture)], [0], null, default)];
        Assert.True(made[0].Error < 0.2, $"{made[0].Error}");
    }

    [Fact]
    public void TheMiddleAndChannelsAreCounted()
    {
        var layer = new CnnLayer("net", 0, "a", "a", "Conv", [3, 4, 5], 0, 0, null);
        var places = CodePlaces.Of(layer, [2, 0], 2)!.Value;
        Assert.Equal([46L, 47, 51, 52, 6, 7, 11, 12], places.InLayer); // rows 1 and 2, columns 1 and 2
        Assert.Equal([6, 7, 11, 12, 26, 27, 31, 32], places.InCode);
        Assert.Null(CodePlaces.Of(layer, null, null));
    }

    [Fact]
    public void AnOriginalThatIsTheStartIsAPerfectInversion()
    {
        float[] picture = Picture();
        float[] code = new CodeInversion(_network, InversionOptions.Default).Codes([picture], [_network.Layer("relu3")])[0][0];
        var options = new InversionOptions { Start = picture, Steps = 2, AlphaWeight = 0, TotalVariation = 0 };
        CnnReconstruction item = new CodeInversion(_network, options).Invert(_network.Layer("relu3"), [new InversionTarget("x.png", code, null, picture)], [0], null, default)[0];
        Assert.True(item.Error < 1e-3);
        Assert.True(item.Psnr > 60);
        Assert.Equal(1, item.Ssim!.Value, 3);
        Assert.True(item.ClassAgrees);
    }

    [Fact]
    public void ThePapersErrorIsOverTheDistanceOfCodes()
    {
        var summary = new InversionSummary();
        summary.Add(Item([3, 0], 0.5f)); // off by 1.5
        summary.Add(Item([0, 4], 0.25f)); // off by 1; the codes are 5 apart
        CnnReconstructionSummary row = Assert.Single(summary.Rows());
        Assert.Equal(1.25 / 5, row.PaperError!.Value, 6);
        Assert.Equal(0.375, row.MeanError, 6);
        Assert.Equal(0.5, row.ClassAgreement);
        Assert.Null(row.MeanPsnr);
    }

    [Fact]
    public void WrongCodesAreTold()
    {
        var inversion = new CodeInversion(_network, InversionOptions.Default);
        CnnLayer layer = _network.Layer("fc7");
        foreach (float[] code in new[] { new float[3], [.. Enumerable.Repeat(float.NaN, layer.Channels)] })
            Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => inversion.Invert(layer, [new InversionTarget(null, code, null, null)], [0], null, default)).ErrorId);
    }

    private static CnnReconstruction Item(float[] code, float error) => new()
    {
        Path = "x",
        Model = "m",
        Layer = "l",
        CodeChannels = null,
        Neighborhood = null,
        Code = code,
        Method = InversionMethod.Adam,
        AlphaWeight = 0,
        TotalVariationWeight = 0,
        Seed = 0,
        Steps = 1,
        IsInterrupted = false,
        Channels = 3,
        Height = 1,
        Width = 1,
        Values = [0, 0, 0],
        Image = new PixelImage(1, 1, new byte[3]),
        Error = error,
        Psnr = null,
        Ssim = null,
        OriginalClass = "a",
        Class = error == 0.5f ? "a" : "b",
        Probability = 1,
        Original = null,
    };

    private float[] Picture()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3, CPU);
        return rand([_network.Input.Length], generator: random).data<float>().ToArray();
    }
}
