using System.Text;
using System.Text.Json;
using CnnVis.Engine.Images;

namespace CnnVis.Engine.Tests.Images;

/// <summary>TIFF, PBM, PGM, PPM and TGA, against what tifffile, Pillow and ImageMagick wrote (<c>Fixtures/make.py</c>).</summary>
public sealed class OtherFormatTests : IDisposable
{
    private static readonly string _fixtures = Path.Join(AppContext.BaseDirectory, "Images", "Fixtures");
    private static readonly JsonElement _expected = JsonDocument.Parse(File.ReadAllBytes(Path.Join(_fixtures, "expected.json"))).RootElement;
    private static readonly string[] _names = [.. _expected.GetProperty("files").EnumerateObject().Select(f => f.Name)];

    private readonly TempFolder _folder = new();
    private readonly List<CnnVisException> _errors = [];

    public static TheoryData<string> Files => new(_names);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void PicturesHaveTheValuesThatOthersWrote(string name)
    {
        JsonElement file = _expected.GetProperty("files").GetProperty(name);
        int[] shape = [.. file.GetProperty("shape").EnumerateArray().Select(n => n.GetInt32())];
        double[] values = [.. _expected.GetProperty("arrays")[file.GetProperty("values").GetInt32()].EnumerateArray().Select(n => n.GetDouble())];
        double tolerance = file.GetProperty("tolerance").GetDouble();
        int height = shape[0], width = shape[1], channels = shape.Length == 3 ? shape[2] : 1;
        string path = Path.Join(_fixtures, name);
        ImageHeader header = ImageCodec.ReadHeader(path);
        Assert.Equal((width, height), (header.Width, header.Height));
        float[] pixels = new float[3 * height * width];
        Preprocessor.Load(path, new CnnInput(3, height, width, ResizeMode.Stretch, height), DecodeOptions.Default, pixels); // of the input's size: taken as it is
        for (int i = 0; i < height * width; i++)
            for (int c = 0; c < 3; c++)
                Assert.True(Math.Abs(values[i * channels + c % channels] - pixels[c * height * width + i]) <= tolerance, $"{name}, pixel {i % width}, {i / width}, colour {c}: {pixels[c * height * width + i]}, not {values[i * channels + c % channels]}");
        PixelImage image = ImageCodec.Decode(path, DecodeOptions.Default);
        for (int i = 0; i < image.Pixels.Length; i++) Assert.InRange(image.Pixels[i] / 255.0 - pixels[i % 3 * height * width + i / 3], -0.51 / 255, 0.51 / 255);
        Assert.Equal(file.GetProperty("pages").GetInt32(), ImageSources.In(path, recurse: false, _errors.Add).Count());
        Assert.Empty(_errors);
    }

    /// <summary>Half of 65,536 greys cannot be told apart in 8 bits.</summary>
    [Theory]
    [InlineData("grey16.tif")]
    [InlineData("float32.tif")]
    [InlineData("grey16.pgm")]
    public void SixteenBitsAreKept(string name)
    {
        float[] pixels = new float[17 * 21];
        Preprocessor.Load(Path.Join(_fixtures, name), new CnnInput(1, 17, 21, ResizeMode.Stretch, 17), DecodeOptions.Default, pixels);
        Assert.True(pixels.Distinct().Count() > 300);
        Assert.Contains(pixels, p => Math.Abs(p * 255 - MathF.Round(p * 255)) > 0.2f);
    }

    [Fact]
    public void EachPageIsAPictureWhoseNameOpensItAgain()
    {
        string path = _folder.Add("stack.tif", Fixture("pages.tif"));
        string[] pages = [.. ImageSources.In(path, recurse: false, _errors.Add).Select(s => s.Path)];
        Assert.Equal([$"{path}#1", $"{path}#2", $"{path}#3"], pages);
        Assert.Equal([40, 80, 120], pages.Select(p => (int)ImageCodec.Decode(p, DecodeOptions.Default)[0, 0].G));
        Assert.Equal(40, ImageCodec.Decode(path, DecodeOptions.Default)[0, 0].G); // where one picture is asked for
        Assert.True(ImageSources.Exists(pages[2]));
        Assert.Equal([pages[1]], ImageSources.In(pages[1], recurse: false, _errors.Add).Select(s => s.Path));
        Assert.Equal(Path.GetFileName(_folder.Path), FolderLabel.Of(pages[1]));
        Assert.Contains("3 pages", Unreadable($"{path}#4").Message, StringComparison.Ordinal);
        Assert.Empty(_errors);
    }

    [Fact]
    public void PagesInATarAreFoundToo()
    {
        string tar = _folder.Add("t.tar", Tars.Of(("a/stack.tiff", Fixture("pages.tif")), ("a/one.tif", Fixture("grey8.tif"))));
        string[] pages = [.. ImageSources.In(tar, recurse: false, _errors.Add).Select(s => s.Path)];
        Assert.Equal([$"{tar}/a/stack.tiff#1", $"{tar}/a/stack.tiff#2", $"{tar}/a/stack.tiff#3", $"{tar}/a/one.tif"], pages);
        Assert.Equal(120, ImageCodec.Decode(pages[2], DecodeOptions.Default)[0, 0].G);
        Assert.Empty(_errors);
    }

    [Fact]
    public void AFileThatIsCalledLikeAPageIsAFile()
    {
        string path = _folder.Add("a.tif#2", Fixture("grey8.tif"));
        Assert.Equal(21, ImageCodec.ReadHeader(path).Width);
        Assert.Equal([path], ImageSources.In(path, recurse: false, _errors.Add).Select(s => s.Path));
    }

    [Fact]
    public void TheLastPagesOfACutFileAreToldAndTheFirstRead()
    {
        byte[] file = Fixture("pages.tif");
        string path = "";
        ImageSource[] pages = [];
        for (int kept = file.Length - 1; _errors.Count == 0; kept--)
        {
            path = _folder.Add("cut.tif", file.AsSpan(0, kept));
            pages = [.. ImageSources.In(path, recurse: false, _errors.Add)];
        }
        Assert.Equal(2, pages.Length);
        Assert.Contains(path, Assert.Single(_errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PagesThatRunInACircleEnd()
    {
        byte[] file = Fixture("grey8.tif"); // little-endian; the last word of its one directory is where the next stands
        int directory = BitConverter.ToInt32(file, 4), entries = BitConverter.ToUInt16(file, directory);
        BitConverter.TryWriteBytes(file.AsSpan(directory + 2 + 12 * entries), directory);
        string path = _folder.Add("circle.tif", file);
        Assert.Equal([path], ImageSources.In(path, recurse: false, _errors.Add).Select(s => s.Path));
        Assert.Contains("circle", Assert.Single(_errors).Message, StringComparison.Ordinal);
    }

    /// <summary>A few bytes must not make the reader take gigabytes.</summary>
    [Theory]
    [InlineData(273, "lists")] // as many offsets as the file has bytes are not there
    [InlineData(279, "claims")] // bytes of the strip
    [InlineData(256, "pixels")] // columns
    public void WhatIsClaimedIsNotAllocated(int tag, string says)
    {
        byte[] file = Fixture(tag == 279 ? "deflate16.tif" : "grey8.tif");
        int directory = BitConverter.ToInt32(file, 4);
        for (int i = 0; i < BitConverter.ToUInt16(file, directory); i++)
        {
            int entry = directory + 2 + 12 * i;
            if (BitConverter.ToUInt16(file, entry) != tag) continue;
            BitConverter.TryWriteBytes(file.AsSpan(entry + 2), (ushort)4); // LONG
            BitConverter.TryWriteBytes(file.AsSpan(entry + (tag == 273 ? 4 : 8)), tag == 273 ? 0 : 0x70000000);
        }
        string path = _folder.Add("claims.tif", file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<CnnVisException>(() => ImageCodec.Decode(path, DecodeOptions.Default with { MaximumPixels = long.MaxValue }));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatSaysNothingOfBlackAndWhiteIsRefusedByTheReason()
    {
        Assert.Contains("signed", Unreadable(Path.Join(_fixtures, "signed.tif")).Message, StringComparison.Ordinal);
        Assert.Contains("-ValueRange", Unreadable(Path.Join(_fixtures, "range.tif")).Message, StringComparison.Ordinal);
        float[] pixels = new float[17 * 21], same = new float[17 * 21];
        var input = new CnnInput(1, 17, 21, ResizeMode.Stretch, 17) { Low = 0, High = 65_535 };
        Preprocessor.Load(Path.Join(_fixtures, "range.tif"), input, DecodeOptions.Default, pixels);
        Preprocessor.Load(Path.Join(_fixtures, "grey16.tif"), input, DecodeOptions.Default, same);
        for (int i = 0; i < same.Length; i++) Assert.Equal(same[i], pixels[i], 1e-6);
    }

    [Theory]
    [InlineData("avif", "AVIF")]
    [InlineData("heic", "HEIC")]
    [InlineData("mif1", "HEIF")]
    [InlineData("jp2 ", "JPEG 2000")]
    public void OtherFormatsAreNamedWithTheWayOut(string brand, string name)
    {
        CnnVisException error = Unreadable(_folder.Add("photo.heic", [0, 0, 0, 24, .. Encoding.ASCII.GetBytes("ftyp" + brand), .. new byte[30]]));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains("PNG", error.Message, StringComparison.Ordinal);
        Assert.Single(ImageSources.In(_folder.Path, recurse: false, _errors.Add)); // not left out in silence
    }

    [Fact]
    public void TheLimitHoldsForTheseToo()
    {
        foreach (string name in (string[])["grey8.tif", "rgb8.ppm", "rgb.tga"])
            Assert.Equal(ErrorIds.ImageTooLarge, Assert.Throws<CnnVisException>(() => ImageCodec.Decode(Path.Join(_fixtures, name), new DecodeOptions { MaximumPixels = 21 * 17 - 1 })).ErrorId);
    }

    /// <summary>Cut and with bytes changed at random: a picture, or one error that names the file.</summary>
    [Fact]
    public void DamagedFilesEndInAnErrorOrAPicture()
    {
        var random = new Random(5);
        int damaged = 0, read = 0;
        var input = new CnnInput(4, 8, 8, ResizeMode.Crop, 8);
        float[] pixels = new float[input.Length];
        foreach (string name in _names.Concat(["signed.tif", "range.tif"]))
        {
            byte[] whole = Fixture(name);
            for (int i = 0; i < 40; i++)
            {
                byte[] file = i % 8 == 0 ? whole[..random.Next(1, whole.Length)] : [.. whole];
                for (int flips = i % 8 == 0 ? 0 : 1 << random.Next(5); flips > 0; flips--) file[random.Next(2) == 0 ? random.Next(file.Length) : random.Next(Math.Min(300, file.Length))] = (byte)random.Next(256);
                string path = _folder.Add(name, file);
                try
                {
                    Preprocessor.Load(ImageSources.In(path, recurse: false, _ => { }).First().Path, input, new DecodeOptions { MaximumPixels = 1_000_000 }, pixels);
                    Assert.All(pixels, p => Assert.InRange(p, 0, 1));
                    read++;
                }
                catch (CnnVisException error)
                {
                    Assert.Contains(path, error.Message, StringComparison.Ordinal);
                    damaged++;
                }
            }
        }
        Assert.True(read > 100 && damaged > 100, $"{read} read, {damaged} damaged");
    }

    private static byte[] Fixture(string name) => File.ReadAllBytes(Path.Join(_fixtures, name));

    private static CnnVisException Unreadable(string path)
    {
        var error = Assert.Throws<CnnVisException>(() => ImageCodec.Decode(path, DecodeOptions.Default));
        Assert.Equal(ErrorIds.ImageUnreadable, error.ErrorId);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        return error;
    }
}
