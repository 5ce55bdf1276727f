using CnnVis.Engine.Images;
using SkiaSharp;

namespace CnnVis.Engine.Tests.Images;

public sealed class ImageCodecTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(300, 1)]
    public void PngKeepsEveryPixel(int width, int height)
    {
        PixelImage image = Pictures.Noise(width, height);
        PixelImage back = Decode(Pictures.Png(image));
        Assert.Equal((width, height), (back.Width, back.Height));
        Assert.Equal(image.Pixels, back.Pixels);
    }

    [Fact]
    public void WebPOfQuality100KeepsEveryPixelAndBelowIsSmaller()
    {
        PixelImage image = Pictures.Noise(33, 21);
        byte[] lossless = ImageCodec.Encode(image, ImageFormat.WebP, 100);
        Assert.Equal(image.Pixels, Decode(lossless).Pixels);
        Assert.True(ImageCodec.Encode(image, ImageFormat.WebP, 40).Length < lossless.Length);
    }

    [Fact]
    public void JpegKeepsColourEdgesAndQualityTellsTheSize()
    {
        PixelImage blocks = Pictures.Of(64, 64, (x, y) => (x / 8 + y / 8) % 2 == 0 ? new Rgb(255, 0, 0) : new Rgb(0, 0, 255));
        PixelImage back = Decode(ImageCodec.Encode(blocks, ImageFormat.Jpeg, 92));
        for (int i = 0; i < back.Pixels.Length; i++) Assert.InRange(back.Pixels[i] - blocks.Pixels[i], -12, 12);
        PixelImage noise = Pictures.Noise(64, 64);
        Assert.True(ImageCodec.Encode(noise, ImageFormat.Jpeg, 30).Length < ImageCodec.Encode(noise, ImageFormat.Jpeg, 90).Length);
    }

    [Theory]
    [InlineData(ImageFormat.WebP, 16_384)]
    [InlineData(ImageFormat.Jpeg, 65_501)]
    public void SidesThatAFormatCannotHoldAreRefusedAndOneLessIsWritten(ImageFormat format, int width)
    {
        var error = Assert.Throws<CnnVisException>(() => ImageCodec.Encode(Pictures.Noise(width, 1), format, 90));
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Equal(width - 1, Decode(ImageCodec.Encode(Pictures.Noise(width - 1, 1), format, 90)).Width);
    }

    [Theory]
    [InlineData("a.png", ImageFormat.Png)]
    [InlineData("a.b/C.JPG", ImageFormat.Jpeg)]
    [InlineData("x.jpeg", ImageFormat.Jpeg)]
    [InlineData("x.WebP", ImageFormat.WebP)]
    public void ExtensionsSayTheFormat(string path, ImageFormat format) => Assert.Equal(format, ImageFormats.FromExtension(path));

    [Theory]
    [InlineData("a.tiff")]
    [InlineData("a")]
    [InlineData("png")]
    public void OtherExtensionsAreToldWhichWork(string path)
    {
        var error = Assert.Throws<CnnVisException>(() => ImageFormats.FromExtension(path));
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.All(new[] { ".png", ".jpg", ".jpeg", ".webp" }, e => Assert.Contains(e, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void GreyPalettesAlphaAnd16BitsBecomeRgb()
    {
        Assert.Equal(new Rgb(77, 77, 77), Decode(Png.Of(1, 1, 8, 0, [77]))[0, 0]);
        Assert.Equal(new Rgb(171, 171, 171), Decode(Png.Of(1, 1, 16, 0, [0xAB, 0xCD]))[0, 0]);
        Assert.Equal(new Rgb(16, 128, 240), Decode(Png.Of(1, 1, 16, 2, [16, 16, 128, 128, 240, 240]))[0, 0]);
        Assert.Equal(new Rgb(9, 8, 7), Decode(Png.Of(2, 1, 8, 3, [0, 1], ("PLTE", [1, 2, 3, 9, 8, 7])))[1, 0]);
        Assert.Equal(new Rgb(255, 255, 255), Decode(Png.Of(1, 1, 1, 0, [0x80]))[0, 0]);
    }

    [Fact]
    public void TransparentPartsLieOverWhite()
    {
        PixelImage image = Decode(Png.Of(3, 1, 8, 6, [200, 100, 0, 255, 200, 100, 0, 51, 200, 100, 0, 0]));
        Assert.Equal(new Rgb(200, 100, 0), image[0, 0]);
        AssertNear(new Rgb(244, 224, 204), image[1, 0], 1); // 0.2 · colour + 0.8 · 255
        Assert.Equal(Rgb.White, image[2, 0]);
        PixelImage grey = Decode(Png.Of(2, 1, 8, 4, [100, 51, 100, 255]));
        AssertNear(new Rgb(224, 224, 224), grey[0, 0], 1);
        Assert.Equal(new Rgb(100, 100, 100), grey[1, 0]);
    }

    [Theory]
    [InlineData(0, 255, 255, 0, 255, 0, 0)]
    [InlineData(255, 0, 0, 0, 0, 255, 255)]
    [InlineData(0, 0, 0, 0, 255, 255, 255)]
    [InlineData(0, 0, 0, 255, 0, 0, 0)]
    [InlineData(0, 0, 0, 100, 155, 155, 155)]
    [InlineData(55, 155, 0, 0, 200, 100, 255)]
    public void FourInksBecomeRgb(byte c, byte m, byte y, byte k, byte red, byte green, byte blue) =>
        AssertNear(new Rgb(red, green, blue), Decode(HandMadeJpeg.Cmyk(c, m, y, k))[4, 4], 2);

    [Fact]
    public void ColourProfilesAreConverted()
    {
        using SKColorSpace linear = SKColorSpace.CreateSrgbLinear();
        AssertNear(new Rgb(188, 99, 255), Decode(Pictures.Profiled(new Rgb(128, 32, 255), linear))[0, 0], 1); // the sRGB curve by hand
    }

    // What EXIF says of each value: the visual side on which the first stored row lies, and that of the first stored column.
    [Theory]
    [InlineData(1, "top", "left")]
    [InlineData(2, "top", "right")]
    [InlineData(3, "bottom", "right")]
    [InlineData(4, "bottom", "left")]
    [InlineData(5, "left", "top")]
    [InlineData(6, "right", "top")]
    [InlineData(7, "right", "bottom")]
    [InlineData(8, "left", "bottom")]
    public void OrientationIsApplied(int exif, string firstRow, string firstColumn)
    {
        Rgb[] colors = [new(255, 0, 0), new(0, 255, 0), new(0, 0, 255), new(255, 255, 0), new(0, 255, 255), new(255, 255, 255)];
        PixelImage stored = Pictures.Of(24, 16, (u, v) => colors[v / 8 * 3 + u / 8]);
        string path = _folder.Add("turned.jpg", Pictures.Jpeg(stored, exif));
        var (width, height) = exif < 5 ? (24, 16) : (16, 24);
        ImageHeader header = ImageCodec.ReadHeader(path);
        Assert.Equal(new ImageHeader(width, height, "Jpeg", new Orientation(exif)), header);
        PixelImage upright = ImageCodec.Decode(path, DecodeOptions.Default);
        Assert.Equal((width, height), (upright.Width, upright.Height));
        for (int v = 4; v < 16; v += 8)
        {
            for (int u = 4; u < 24; u += 8)
            {
                int x = 0, y = 0;
                Place(firstRow, v);
                Place(firstColumn, u);
                AssertNear(stored[u, v], upright[x, y], 12);

                void Place(string side, int distance)
                {
                    if (side == "left") x = distance;
                    if (side == "right") x = width - 1 - distance;
                    if (side == "top") y = distance;
                    if (side == "bottom") y = height - 1 - distance;
                }
            }
        }
    }

    [Fact]
    public void TheFirstFrameOfAnAnimationIsTaken() => Assert.Equal(new Rgb(255, 0, 0), Decode(Pictures.Animation)[0, 0]);

    [Fact]
    public void BitmapsAreRead()
    {
        PixelImage image = Decode(Pictures.Bitmap);
        Assert.Equal((new Rgb(255, 0, 0), new Rgb(0, 255, 0)), (image[0, 0], image[1, 0]));
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.WebP)]
    public void HalfAFileIsAnErrorThatNamesIt(ImageFormat format)
    {
        byte[] whole = ImageCodec.Encode(Pictures.Noise(200, 200), format, 90);
        AssertUnreadable(_folder.Add("half", whole.AsSpan(0, whole.Length / 2)));
        AssertUnreadable(_folder.Add("most", whole.AsSpan(0, whole.Length - 200)));
        AssertUnreadable(_folder.Add("begun", whole.AsSpan(0, 20)));
    }

    [Fact]
    public void AProgressiveJpegIsReadWholeOrNotAtAll()
    {
        byte[] greys = [.. Enumerable.Range(0, 200).Select(i => (byte)(i * 53))], whole = HandMadeJpeg.Progressive(greys);
        PixelImage image = Decode(whole);
        Assert.Equal(greys, Enumerable.Range(0, 200).Select(i => image[i * 8 + 4, 4].G));
        foreach (int kept in new[] { whole.Length - 20, whole.Length - 42, whole.Length / 2 }) AssertUnreadable(_folder.Add("scans.jpg", whole.AsSpan(0, kept)));
    }

    [Fact]
    public void WhatIsNoPictureIsAnErrorThatNamesIt()
    {
        AssertUnreadable(_folder.Add("empty.png", []));
        AssertUnreadable(_folder.Add("text.png", "This is not a picture."u8));
        AssertUnreadable(_folder.Add("zeros.png", new byte[1000]));
        AssertUnreadable(_folder.Path);
    }

    [Fact]
    public void AMissingFileIsNotFound()
    {
        Assert.Equal(ErrorIds.PathNotFound, Assert.Throws<CnnVisException>(() => ImageCodec.ReadHeader(_folder["none.png"])).ErrorId);
        Assert.Equal(ErrorIds.PathNotFound, Assert.Throws<CnnVisException>(() => ImageCodec.ReadHeader(_folder["no/none.png"])).ErrorId);
    }

    [SkippableFact]
    public void AForbiddenFileIsUnreadable()
    {
        Skip.If(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Nothing is forbidden to root, and Windows has no file modes.");
        string path = _folder.Add("secret.png", Pictures.Png(Pictures.Noise(2, 2)));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.None);
        AssertUnreadable(path);
    }

    [Fact]
    public void TooManyPixelsAreRefusedBeforeDecoding()
    {
        string path = _folder.Add("huge.png", Pictures.Huge);
        Assert.Equal((20_000, 20_000), (ImageCodec.ReadHeader(path).Width, ImageCodec.ReadHeader(path).Height));
        var error = Assert.Throws<CnnVisException>(() => ImageCodec.Decode(path, DecodeOptions.Default));
        Assert.Equal((ErrorIds.ImageTooLarge, path), (error.ErrorId, error.Target));
        Assert.Contains("20000x20000", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{100_000_000:N0}", error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheLimitItselfIsAllowed()
    {
        string path = _folder.Add("five.png", Pictures.Png(Pictures.Noise(5, 5)));
        Assert.Equal(5, ImageCodec.Decode(path, new DecodeOptions { MaximumPixels = 25 }).Width);
        Assert.Equal(ErrorIds.ImageTooLarge, Assert.Throws<CnnVisException>(() => ImageCodec.Decode(path, new DecodeOptions { MaximumPixels = 24 })).ErrorId);
    }

    [Theory]
    [InlineData("фото [1] 日本.png")]
    [InlineData("a'b $x & é.png")]
    public void AnyNameIsRead(string name)
    {
        PixelImage image = Pictures.Noise(3, 2);
        Assert.Equal(image.Pixels, ImageCodec.Decode(_folder.Add(name, Pictures.Png(image)), DecodeOptions.Default).Pixels);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(100_000)]
    public void FilesAreClosedAfterwards(int kept)
    {
        byte[] whole = Pictures.Png(Pictures.Noise(100, 100));
        string path = _folder.Add("closed.png", whole.AsSpan(0, Math.Min(kept, whole.Length)));
        Assert.Equal(kept < whole.Length, Record.Exception(() => ImageCodec.Decode(path, DecodeOptions.Default)) is CnnVisException);
        using var alone = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.True(alone.CanWrite);
    }

    [Fact]
    public async Task DamagedPicturesGiveTheirMemoryBack()
    {
        // Each takes 144 MB of the 1 GiB that may be out: were it kept, the eighth would wait for ever.
        string path = _folder.Add("damaged.png", Png.Of(6000, 6000, 8, 2, []));
        await Task.Run(() =>
        {
            for (int i = 0; i < 9; i++) AssertUnreadable(path);
        }).WaitAsync(TimeSpan.FromMinutes(2));
    }

    private PixelImage Decode(byte[] file) => ImageCodec.Decode(_folder.Add("picture", file), DecodeOptions.Default);

    private static void AssertUnreadable(string path)
    {
        var error = Assert.Throws<CnnVisException>(() => ImageCodec.Decode(path, DecodeOptions.Default));
        Assert.Equal((ErrorIds.ImageUnreadable, path), (error.ErrorId, error.Target));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    private static void AssertNear(Rgb expected, Rgb actual, int tolerance) =>
        Assert.True(Math.Abs(expected.R - actual.R) <= tolerance && Math.Abs(expected.G - actual.G) <= tolerance && Math.Abs(expected.B - actual.B) <= tolerance, $"{expected} expected, {actual} found");
}
