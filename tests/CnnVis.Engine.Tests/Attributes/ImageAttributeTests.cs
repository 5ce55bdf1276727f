using CnnVis.Engine.Attributes;
using CnnVis.Engine.Images;
using CnnVis.Engine.Tests.Images;

namespace CnnVis.Engine.Tests.Attributes;

public sealed class ImageAttributeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OneColourHasClosedForms()
    {
        ImageAttributes red = Of(Pictures.Of(40, 20, (_, _) => new Rgb(200, 100, 100)));
        Assert.Equal((40, 20, 2.0), (red.Width, red.Height, red.Aspect));
        Assert.Equal((0.299 * 200 + 0.701 * 100) / 255, red.Brightness, 6);
        Assert.Equal(0.5, red.Saturation, 6);
        Assert.Equal(0, red.Hue!.Value, 6);
        Assert.Equal((0, 0, 0, 0), (Math.Round(red.Contrast, 5), Math.Round(red.Sharpness, 3), Math.Round(red.Noise, 3), red.Entropy));
        Assert.Equal(0.3 * Math.Sqrt(100 * 100 + 50 * 50), red.Colorfulness, 4); // no spread: 0.3 √(rg² + yb²), rg = 100, yb = 50
        Assert.False(red.IsGray);
        Assert.Null(red.JpegQuality);
        ImageAttributes grey = Of(Pictures.Of(40, 20, (x, _) => Grey(x % 2 == 0 ? 0 : 255)));
        Assert.Equal((0, true, null), (grey.Colorfulness, grey.IsGray, grey.Hue));
        Assert.Equal((0.5, 0.5, 1.0), (Math.Round(grey.Brightness, 6), Math.Round(grey.Contrast, 6), Math.Round(grey.Entropy, 6)));
        Assert.Equal(120, Of(Pictures.Of(8, 8, (_, _) => new Rgb(10, 90, 10))).Hue!.Value, 6);
        Assert.Equal(240, Of(Pictures.Of(8, 8, (_, _) => new Rgb(10, 10, 90))).Hue!.Value, 6);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(20)]
    public void NoiseIsEstimated(double deviation)
    {
        var random = new Random(4);
        PixelImage noisy = Pictures.Of(200, 150, (x, y) => Grey(128 + x / 8.0 + deviation * Normal(random)));
        Assert.InRange(Of(noisy).Noise, 0.95 * deviation, 1.08 * deviation); // rounding adds 1/√12
    }

    [Fact]
    public void BlurTakesSharpnessAndEdges()
    {
        PixelImage sharp = Pictures.Of(256, 256, (x, y) => Grey((x / 16 + y / 16) % 2 == 0 ? 20 : 230));
        PixelImage soft = Pictures.Of(256, 256, (x, y) => Grey(125 + 105 * Math.Sin(x * Math.PI / 16) * Math.Sin(y * Math.PI / 16)));
        Assert.True(Of(sharp).Sharpness > 10 * Of(soft).Sharpness);
        Assert.True(Of(sharp).EdgeDensity > Of(soft).EdgeDensity);
        // 15 edges each way; the columns on both sides of each: 2 · 15 · 254 of 254² each way, without those counted twice.
        Assert.InRange(Of(sharp).EdgeDensity, 0.19, 0.24);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(75)]
    [InlineData(92)]
    public void TheQualityOfAJpegIsRead(int quality)
    {
        string file = _folder.Add("x.jpg", ImageCodec.Encode(Pictures.Noise(32, 24, seed: 1), ImageFormat.Jpeg, quality));
        Assert.Equal(quality, ImageAttributeReader.Read(new ImageSource(file)).JpegQuality);
    }

    [Fact]
    public void BoxesHaveClosedForms()
    {
        Assert.Equal(0.25, BoxMeasures.Threshold(new PixelBox(0, 0, 10, 10)));
        Assert.Equal(0.5, BoxMeasures.Threshold(new PixelBox(0, 0, 100, 100)));
        Assert.Equal(1 / 7.0, BoxMeasures.Overlap(new PixelBox(0, 0, 2, 2), new PixelBox(1, 1, 2, 2)), 12);
        (PixelBox, int, int) a = (new PixelBox(0, 0, 5, 5), 10, 10), large = (new PixelBox(0, 0, 50, 50), 100, 100), other = (new PixelBox(6, 6, 4, 4), 10, 10);
        Assert.Equal(1, BoxMeasures.ChancePerformance([a, a, large])); // of pictures of any size
        Assert.Equal(0, BoxMeasures.ChancePerformance([a, other]));
        Assert.Equal(1 / 3.0, BoxMeasures.ChancePerformance([a, a, other])!.Value, 12);
        Assert.Null(BoxMeasures.ChancePerformance([a]));
        ImageAttributes with = BoxMeasures.Add(Of(Pictures.Of(100, 50, (_, _) => Grey(9))), [new PixelBox(10, 10, 40, 20), new PixelBox(52, 10, 48, 40)]);
        Assert.Equal((2, (800 + 1920) / 2.0 / 5000, 0.76, 0.6, 1.2, true, 1.0), (with.Instances, with.Scale, with.ObjectX, with.ObjectY, with.ObjectAspect, with.Truncated, with.Neighbors));
    }

    [Fact]
    public void NearDuplicatesAreFound()
    {
        // Of a grid of random shades with soft passages: every low frequency has its share, as in photos.
        PixelImage Photo(int seed)
        {
            var random = new Random(seed);
            double[] shades = [.. Enumerable.Range(0, 100).Select(_ => 255 * random.NextDouble())];
            return Pictures.Of(96, 64, (x, y) =>
            {
                double u = x / 96.0 * 8, v = y / 64.0 * 8, fx = u - (int)u, fy = v - (int)v;
                int at = (int)v * 10 + (int)u;
                return Grey(double.Lerp(double.Lerp(shades[at], shades[at + 1], fx), double.Lerp(shades[at + 10], shades[at + 11], fx), fy));
            });
        }
        string[] files =
        [
            _folder.Add("0.png", Pictures.Png(Photo(1))),
            _folder.Add("1.png", Pictures.Png(Photo(2))),
            _folder.Add("2.jpg", ImageCodec.Encode(Photo(1), ImageFormat.Jpeg, 60)),
            _folder.Add("3.png", Pictures.Png(Pictures.Of(48, 32, (_, _) => Grey(20)))),
            _folder.Add("4.png", Pictures.Png(Pictures.Of(48, 32, (_, _) => Grey(220)))),
            _folder.Add("5.png", "broken"u8),
        ];
        var scan = new AttributeScan(new AttributeContext(HasBoxes: false, FindsDuplicates: true));
        List<CnnVisException> failed = [];
        foreach (var (picture, error) in scan.Look([.. files.Select(f => new ImageSource(f))], null, default))
        {
            if (error is not null) failed.Add(error);
            else Assert.Null(scan.Add(picture!));
        }
        ImageAttributes[] found = [.. scan.Finish()];
        Assert.Equal([1, 0, 1, 0, 0], found.Select(f => f.NearDuplicateCount!.Value));
        Assert.Equal([null, null, files[0], null, null], found.Select(f => f.DuplicateOf));
        Assert.Single(failed);
    }

    private ImageAttributes Of(PixelImage image) => ImageAttributeReader.Read(new ImageSource(_folder.Add("of.png", Pictures.Png(image))));

    private static Rgb Grey(double value) => new((byte)Math.Clamp(value + 0.5, 0, 255), (byte)Math.Clamp(value + 0.5, 0, 255), (byte)Math.Clamp(value + 0.5, 0, 255));

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
