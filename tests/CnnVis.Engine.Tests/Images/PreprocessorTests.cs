using CnnVis.Engine.Images;

namespace CnnVis.Engine.Tests.Images;

public sealed class PreprocessorTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ResizeMode.Crop)]
    [InlineData(ResizeMode.Stretch)]
    [InlineData(ResizeMode.Pad)]
    public void APictureOfTheRightSizeIsLeftExactlyAsItIs(ResizeMode mode)
    {
        PixelImage image = Pictures.Noise(64, 64);
        var input = new CnnInput(3, 64, 64, mode, 64);
        float[] prepared = Prepare(image, input), loaded = Load(Pictures.Png(image), input);
        for (int i = 0; i < 64 * 64; i++)
        {
            for (int c = 0; c < 3; c++)
            {
                Assert.Equal(image.Pixels[3 * i + c] / 255f, prepared[c * 64 * 64 + i]);
                Assert.Equal(image.Pixels[3 * i + c] / 255f, loaded[c * 64 * 64 + i]);
            }
        }
    }

    [Fact]
    public void GreyKeepsItsExactValueAndColoursBecomeLuma()
    {
        float[] grey = Prepare(Pictures.Of(16, 16, (x, y) => new Rgb((byte)(y * 16 + x), (byte)(y * 16 + x), (byte)(y * 16 + x))), new CnnInput(1, 16, 16, ResizeMode.Stretch, 16));
        for (int i = 0; i < 256; i++) Assert.Equal(i / 255f, grey[i]);
        float[] colour = Prepare(Pictures.Of(1, 1, (_, _) => new Rgb(200, 100, 50)), new CnnInput(1, 1, 1, ResizeMode.Stretch, 1));
        Assert.Equal((0.299 * 200 + 0.587 * 100 + 0.114 * 50) / 255, colour[0], 1e-6);
    }

    public static TheoryData<int, int, CnnInput> Sizes()
    {
        var data = new TheoryData<int, int, CnnInput>();
        foreach (ResizeMode mode in Enum.GetValues<ResizeMode>())
            foreach (var (width, height) in new[] { (1, 1), (1, 50), (97, 3), (40, 31), (31, 40), (120, 90), (5, 4) })
                foreach (var (channels, rows, columns, to) in new[] { (3, 12, 12, 14), (1, 9, 17, 9), (3, 17, 9, 20), (3, 1, 1, 1) })
                    data.Add(width, height, new CnnInput(channels, rows, columns, mode, to));
        return data;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void ResizingAgreesWithItsDefinition(int width, int height, CnnInput input)
    {
        PixelImage image = Pictures.Noise(width, height, seed: width * height);
        PixelView view = Preprocessor.View(width, height, input);
        float[] prepared = Prepare(image, input), loaded = Load(Pictures.Png(image), input);
        for (int i = 0; i < input.Length; i++)
        {
            int x = i % input.Width, y = i / input.Width % input.Height, channel = i / (input.Width * input.Height);
            double expected = input.Channels == 3
                ? ResampleReference.Value(image, view, channel, x, y) ?? 0.5
                : 0.299 * Reference(0) + 0.587 * Reference(1) + 0.114 * Reference(2);
            Assert.Equal(expected, prepared[i], 2e-6);
            Assert.Equal(expected, loaded[i], 2e-6);
            Assert.InRange(prepared[i], 0, 1);

            double Reference(int c) => ResampleReference.Value(image, view, c, x, y) ?? 0.5;
        }
    }

    [Fact]
    public void TransparencyIsResizedWithTheColours()
    {
        // Opaque red beside invisible green gives what red beside white does: nothing of the green.
        byte[] row = [255, 0, 0, 255, 255, 0, 0, 255, 255, 0, 0, 255, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0];
        var input = new CnnInput(3, 1, 3, ResizeMode.Stretch, 1);
        float[] overWhite = Prepare(Pictures.Of(6, 1, (x, _) => x < 3 ? new Rgb(255, 0, 0) : Rgb.White), input);
        AssertNear(overWhite, Load(Png.Of(6, 1, 8, 6, row), input), 1e-6, "transparency");
        Assert.Equal(0.5, overWhite[4], 1e-6);
    }

    [Theory]
    [InlineData(500, 375, 224, 256, 341, 256, 58, 16)] // torchvision: Resize(256) gives 341x256, CenterCrop(224) begins at (58, 16)
    [InlineData(375, 500, 224, 256, 256, 341, 16, 58)]
    [InlineData(64, 64, 64, 64, 64, 64, 0, 0)]
    [InlineData(10_000, 1, 64, 64, 640_000, 64, 319_968, 0)]
    [InlineData(100, 100, 64, 32, 64, 64, 0, 0)] // never less than fills the input
    public void CropsAreThoseOfTorchvision(int width, int height, int side, int resizeTo, int resizedWidth, int resizedHeight, int left, int top) =>
        Assert.Equal(new PixelView(width, height, resizedWidth, resizedHeight, left, top), Preprocessor.View(width, height, new CnnInput(3, side, side, ResizeMode.Crop, resizeTo)));

    [Fact]
    public void AViewLeadsToThePhotoAndBack()
    {
        PixelView crop = Preprocessor.View(800, 400, new CnnInput(3, 100, 100, ResizeMode.Crop, 100));
        Assert.Equal((200.0, 0.0), crop.ToPhoto(0, 0));
        Assert.Equal((600.0, 400.0), crop.ToPhoto(100, 100));
        Assert.Equal((50.0, 50.0), crop.ToInput(400, 200));
        PixelView pad = Preprocessor.View(800, 400, new CnnInput(3, 100, 100, ResizeMode.Pad, 100));
        Assert.Equal((0.0, 0.0), pad.ToPhoto(0, 25));
        Assert.Equal((800.0, 400.0), pad.ToPhoto(100, 75));
        Assert.Equal((4.0, 8.0), (Preprocessor.View(400, 800, new CnnInput(3, 100, 100, ResizeMode.Stretch, 100)).ScaleX, Preprocessor.View(400, 800, new CnnInput(3, 100, 100, ResizeMode.Stretch, 100)).ScaleY));
    }

    [Theory]
    [InlineData(ResizeMode.Crop)]
    [InlineData(ResizeMode.Stretch)]
    [InlineData(ResizeMode.Pad)]
    public void TurnedFilesGiveWhatTheirUprightPixelsGive(ResizeMode mode)
    {
        var input = new CnnInput(3, 20, 15, mode, 21);
        for (int exif = 1; exif <= 8; exif++)
        {
            string path = _folder.Add("turned.jpg", Pictures.Jpeg(Pictures.Noise(32, 23), exif));
            float[] loaded = new float[input.Length];
            PixelView view = Preprocessor.Load(path, input, DecodeOptions.Default, loaded);
            PixelImage upright = ImageCodec.Decode(path, DecodeOptions.Default);
            Assert.Equal((upright.Width, upright.Height), (view.PhotoWidth, view.PhotoHeight));
            AssertNear(Prepare(upright, input), loaded, 1e-6, $"orientation {exif}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void LargeJpegsDecodedSmallerLookTheSame(int exif)
    {
        string path = _folder.Add("large.jpg", Pictures.Jpeg(Pictures.Smooth(1501, 1103), exif));
        var input = new CnnInput(3, 64, 64, ResizeMode.Crop, 72);
        float[] loaded = new float[input.Length];
        Preprocessor.Load(path, input, DecodeOptions.Default, loaded);
        AssertNear(Prepare(ImageCodec.Decode(path, DecodeOptions.Default), input), loaded, 2 / 255.0, "scaled decoding");
    }

    [Fact]
    public void HugeDistortionsDoNotTakeHugeMemory()
    {
        float[] values = Prepare(Pictures.Of(10_000, 1, (_, _) => new Rgb(51, 102, 153)), new CnnInput(3, 64, 64, ResizeMode.Crop, 64));
        Assert.Equal(0.2, values[0], 1e-6);
        Assert.Equal(0.6, values[^1], 1e-6);
    }

    [Fact]
    public void OtherChannelCountsAreRefused()
    {
        var error = Assert.Throws<CnnVisException>(() => Prepare(Pictures.Noise(4, 4), new CnnInput(5, 4, 4, ResizeMode.Stretch, 4)));
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Throws<ArgumentException>(() => Preprocessor.Prepare(Pictures.Noise(4, 4), new CnnInput(3, 4, 4, ResizeMode.Stretch, 4), new float[47]));
    }

    private static float[] Prepare(PixelImage image, CnnInput input)
    {
        float[] values = new float[input.Length];
        Preprocessor.Prepare(image, input, values);
        return values;
    }

    private float[] Load(byte[] file, CnnInput input)
    {
        float[] values = new float[input.Length];
        Preprocessor.Load(_folder.Add("picture", file), input, DecodeOptions.Default, values);
        return values;
    }

    private static void AssertNear(float[] expected, float[] actual, double tolerance, string what)
    {
        for (int i = 0; i < expected.Length; i++) Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"{what}: value {i} is {actual[i]}, not {expected[i]}");
    }
}
