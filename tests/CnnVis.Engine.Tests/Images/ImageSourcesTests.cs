using System.Formats.Tar;
using CnnVis.Engine.Images;

namespace CnnVis.Engine.Tests.Images;

public sealed class ImageSourcesTests : IDisposable
{
    private static readonly CnnInput _input = new(3, 8, 8, ResizeMode.Crop, 8);
    private readonly TempFolder _folder = new();
    private readonly List<CnnVisException> _errors = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TarEntryFormat.V7)]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    public void EntriesOfATarAreReadAsFilesAre(TarEntryFormat format)
    {
        byte[] a = Pictures.Png(Pictures.Noise(20, 12, seed: 1)), b = Pictures.Jpeg(Pictures.Noise(9, 30, seed: 2));
        string tar = _folder.Add("train.tar", Tars.Of(format, ("n02/", []), ("n02/b.JPEG", b), ("n01/a.png", a), ("notes.txt", [1])));
        string[] files = [_folder.Add("b.JPEG", b), _folder.Add("a.png", a)];
        ImageSource[] sources = [.. In(tar)];
        Assert.Equal([$"{tar}/n02/b.JPEG", $"{tar}/n01/a.png"], sources.Select(s => s.Path)); // the archive's order
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(Input(new ImageSource(files[i])), Input(sources[i]));
            Assert.Equal(Input(new ImageSource(files[i])), Input(ImageSource.Of(sources[i].Path))); // the path alone opens it again
            Assert.Equal(ImageCodec.ReadHeader(files[i]), ImageCodec.ReadHeader(sources[i].Path));
            Assert.Equal(ImageCodec.Decode(files[i], DecodeOptions.Default).Pixels, ImageCodec.Decode(sources[i].Path, DecodeOptions.Default).Pixels);
        }
        Assert.Empty(_errors);
    }

    [Fact]
    public void ArraysInATarAreReadToo()
    {
        byte[] npy = [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. System.Text.Encoding.ASCII.GetBytes("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2), }".PadRight(117) + "\n"), 0, 255, 255, 0];
        string tar = _folder.Add("t.tar", Tars.Of(("other.png", Pictures.Png(Pictures.Noise(5, 5))), ("x/array.npy", npy)));
        PixelImage image = ImageCodec.Decode(In(tar).Last().Path, DecodeOptions.Default);
        Assert.Equal([0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 0], image.Pixels.ToArray());
    }

    [Fact]
    public void LongNamesAndDotsAndHiddenEntries()
    {
        byte[] png = Pictures.Png(Pictures.Noise(4, 4));
        string name = string.Concat(Enumerable.Repeat("a long folder name/", 9)) + "Bär.png";
        string tar = _folder.Add("t.TAR", Tars.Of(("./x.png", png), ("._x.png", png), (".hidden/y.png", png), ("../z.png", png), (name, png)));
        Assert.Equal([$"{tar}/x.png", $"{tar}/{name}"], In(tar).Select(s => s.Path));
        Assert.Equal(4, ImageCodec.ReadHeader($"{tar}/{name}").Width);
    }

    [Fact]
    public void AFolderInATarIsLookedIntoAndAnEntryOpened()
    {
        byte[] png = Pictures.Png(Pictures.Noise(4, 4));
        string tar = _folder.Add("t.tar", Tars.Of(("a/x.png", png), ("ab/y.png", png), ("a/b/z.png", png)));
        Assert.Equal([$"{tar}/a/x.png", $"{tar}/a/b/z.png"], In($"{tar}/a").Select(s => s.Path));
        Assert.Equal([$"{tar}/ab/y.png"], In($"{tar}/ab/y.png").Select(s => s.Path));
        Assert.True(ImageSources.Exists($"{tar}/a"));
        Assert.Empty(In($"{tar}/none"));
        Assert.Equal(ErrorIds.NoImages, Assert.Single(_errors).ErrorId);
        Assert.Equal(ErrorIds.PathNotFound, Assert.Throws<CnnVisException>(() => ImageSource.Of($"{tar}/a/none.png")).ErrorId);
    }

    [Fact]
    public void AFolderThatIsCalledLikeATarIsAFolder()
    {
        string file = _folder.Add("x.tar/a.png", Pictures.Png(Pictures.Noise(4, 4)));
        Assert.Equal([file], In(_folder["x.tar"]).Select(s => s.Path));
        Assert.Equal(4, ImageCodec.ReadHeader(file).Width);
    }

    [Fact]
    public void ATarThatChangedIsReadAgain()
    {
        string tar = _folder.Add("t.tar", Tars.Of(("x.png", Pictures.Png(Pictures.Noise(4, 4)))));
        Assert.Equal(4, ImageCodec.ReadHeader($"{tar}/x.png").Width);
        _folder.Add("t.tar", Tars.Of(("first.png", Pictures.Png(Pictures.Noise(64, 64))), ("x.png", Pictures.Png(Pictures.Noise(7, 4)))));
        Assert.Equal(7, ImageCodec.ReadHeader($"{tar}/x.png").Width);
    }

    [Theory]
    [InlineData(0, ErrorIds.NoImages)]
    [InlineData(300, ErrorIds.ImageUnreadable)]
    [InlineData(1100, ErrorIds.ImageUnreadable)]
    public void ADamagedTarIsOneErrorAndWhatCameBeforeIsKept(int kept, string error)
    {
        byte[] png = Pictures.Png(Pictures.Noise(4, 4)), whole = Tars.Of(TarEntryFormat.Ustar, ("a.png", png), ("b.png", png));
        string tar = _folder.Add("t.tar", whole.AsSpan(0, kept));
        Assert.Equal(kept > 1024 ? [$"{tar}/a.png"] : [], In(tar).Select(s => s.Path));
        Assert.Equal(error, Assert.Single(_errors).ErrorId);
    }

    [Fact]
    public void WhatIsNoTarOrCompressedIsSaid()
    {
        Assert.Empty(In(_folder.Add("text.tar", System.Text.Encoding.ASCII.GetBytes(new string('x', 2000)))));
        Assert.Empty(In(_folder.Add("t.tar.gz", [1, 2, 3])));
        Assert.Equal([ErrorIds.ImageUnreadable, ErrorIds.ImageUnreadable], _errors.Select(e => e.ErrorId));
        Assert.Contains("gunzip", _errors[1].Message);
    }

    private IEnumerable<ImageSource> In(string path) => ImageSources.In(path, recurse: false, _errors.Add);

    private static float[] Input(ImageSource source)
    {
        float[] values = new float[_input.Length];
        Preprocessor.Load(source, _input, DecodeOptions.Default, values);
        return values;
    }
}
