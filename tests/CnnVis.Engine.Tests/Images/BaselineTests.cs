using CnnVis.Engine.Images;

namespace CnnVis.Engine.Tests.Images;

public sealed class BaselineTests
{
    private static readonly CnnInput _colour = new(3, 2, 2, ResizeMode.Crop, 2), _grey = new(1, 2, 2, ResizeMode.Crop, 2);
    private static readonly float[] _picture = [0, 0.2f, 0.4f, 0.6f, 1, 1, 1, 1, 0, 0, 0, 1];

    [Fact]
    public void EvenFills()
    {
        Assert.Equal(new float[12], Baseline.Parse("zero").Paint(_picture, _colour, 0));
        Assert.All(Baseline.Parse("Grey").Paint(_picture, _colour, 0), v => Assert.Equal(0.5f, v));
        Assert.Same(Baseline.Grey, Baseline.Parse("gray"));
        float[] mean = Baseline.Mean.Paint(_picture, _colour, 0);
        Assert.Equal([0.3f, 1, 0.25f], [mean[0], mean[4], mean[8]]);
        Assert.Equal([1, 1, 1, 1, 0.5f, 0.5f, 0.5f, 0.5f, 0, 0, 0, 0], Baseline.Parse("1, 0.5 0").Paint(_picture, _colour, 0));
        Assert.Equal(128 / 255f, Baseline.Parse("#ff8000").Paint(_picture, _colour, 0)[5]);
        Assert.All(Baseline.Parse("#ff0000").Paint(_picture[..4], _grey, 0), v => Assert.Equal(0.299f, v));
    }

    [Fact]
    public void NoiseFollowsTheSeedAndNotThePicture()
    {
        float[] noise = Baseline.Noise.Paint(_picture, _colour, 3);
        Assert.Equal(noise, Baseline.Noise.Paint(new float[12], _colour, 3));
        Assert.NotEqual(noise, Baseline.Noise.Paint(_picture, _colour, 4));
        Assert.All(noise, v => Assert.InRange(v, 0, 1));
    }

    [Fact]
    public void BlurKeepsWhatIsLevelAndSpreadsAPoint()
    {
        var input = new CnnInput(1, 45, 45, ResizeMode.Crop, 45); // a deviation of 2.0089 pixels
        float[] level = new float[45 * 45];
        level.AsSpan().Fill(0.7f);
        Assert.All(Baseline.Blur.Paint(level, input, 0), v => Assert.Equal(0.7f, v, 1e-5f));

        float[] point = new float[45 * 45];
        point[22 * 45 + 22] = 1;
        float[] blurred = Baseline.Blur.Paint(point, input, 0);
        Assert.Equal(1, blurred.Sum(), 1e-4f);
        double deviation = 10.0 / 224 * 45;
        Assert.Equal(1 / (2 * Math.PI * deviation * deviation), blurred[22 * 45 + 22], 1e-4);
        Assert.Equal(Math.Exp(-(9 + 16) / (2 * deviation * deviation)), blurred[25 * 45 + 26] / blurred[22 * 45 + 22], 1e-4);
    }

    [Theory]
    [InlineData("purple")]
    [InlineData("#12345")]
    [InlineData("1 2 3")]
    [InlineData("0.5 0.5")]
    [InlineData("0.5 NaN 0.5")]
    public void TellsWhatAFillMayBe(string text)
    {
        var error = Assert.Throws<CnnVisException>(() => Baseline.Parse(text));
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains("Blur", error.Message, StringComparison.Ordinal);
    }
}
