using System.Buffers.Binary;
using System.Formats.Tar;
using System.Text;
using CnnVis.Engine.Images;

namespace CnnVis.Engine.Tests.Images;

/// <summary>Orientation of PNG files, pictures of the network's own size, canvases of animations, palettes, and damaged tar files.</summary>
public sealed class SmallPictureTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(8)]
    public void APngIsTurnedAsAJpegIs(int orientation)
    {
        // Four plain quarters, which JPEG keeps.
        PixelImage image = Pictures.Of(32, 16, (x, y) => new Rgb((byte)(x < 16 ? 255 : 0), (byte)(y < 8 ? 255 : 0), 128));
        PixelImage jpeg = ImageCodec.Decode(_folder.Add("a.jpg", Pictures.Jpeg(image, orientation)), DecodeOptions.Default);
        byte[] png = Pictures.Png(image);
        int pixels = png.AsSpan().IndexOf("IDAT"u8) - 4;
        foreach (bool little in new[] { false, true })
            foreach (int at in new[] { pixels, png.Length - 12 }) // before the pixels, and before the end
            {
                PixelImage turned = ImageCodec.Decode(_folder.Add("a.png", [.. png[..at], .. Exif(orientation, little), .. png[at..]]), DecodeOptions.Default);
                Assert.Equal((jpeg.Width, jpeg.Height), (turned.Width, turned.Height));
                for (int i = 0; i < jpeg.Pixels.Length; i++) Assert.InRange(turned.Pixels[i] - jpeg.Pixels[i], -40, 40);
            }
    }

    [Fact]
    public void ADamagedExifIsNone()
    {
        byte[] png = Pictures.Png(Pictures.Noise(5, 3));
        for (int length = 0; length < 26; length++)
        {
            byte[] exif = Exif(6, little: false)[8..(8 + length)], chunk = [0, 0, 0, (byte)length, .. "eXIf"u8, .. exif, 0, 0, 0, 0];
            Assert.InRange(PngOrientation.Of([.. png[..33], .. chunk, .. png[33..]]), 1, 6);
            Assert.InRange(PngOrientation.Of([.. png[..33], .. chunk]), 1, 6);
        }
        Assert.Equal(1, PngOrientation.Of(png));
        Assert.Equal(1, PngOrientation.Of([]));
    }

    [Theory]
    [InlineData(ResizeMode.Crop), InlineData(ResizeMode.Pad), InlineData(ResizeMode.Stretch)]
    public void APictureOfTheInputsSizeIsTakenAsItIs(ResizeMode mode)
    {
        var input = new CnnInput(3, 14, 21, mode, 30);
        PixelImage image = Pictures.Noise(21, 14);
        float[] values = new float[input.Length];
        PixelView view = Preprocessor.Load(_folder.Add("a.png", Pictures.Png(image)), input, DecodeOptions.Default, values);
        for (int i = 0; i < 14 * 21; i++)
            for (int c = 0; c < 3; c++) Assert.Equal(image.Pixels[3 * i + c] / 255f, values[c * 14 * 21 + i]);
        Assert.Equal((21, 14, 0, 0), (view.ResizedWidth, view.ResizedHeight, view.Left, view.Top));
        PixelImage seen = SeenPhoto.Load(_folder["a.png"], input, 21);
        Assert.Equal(image.Pixels.ToArray(), seen.Pixels.ToArray());
        Assert.NotEqual(view, Preprocessor.View(22, 14, input));
    }

    [Fact]
    public void TheCanvasOfAnAnimationCounts()
    {
        byte[] still = ImageCodec.Encode(Pictures.Noise(16, 16), ImageFormat.WebP, 80)[12..];
        Assert.Equal((16, 16), Size(ImageCodec.ReadHeader(_folder.Add("small.webp", Animated(16, 16, still)))));
        string large = _folder.Add("large.webp", Animated(16, 4000, still));
        Assert.Equal((16, 4000), Size(ImageCodec.ReadHeader(large)));
        Assert.Equal(ErrorIds.ImageTooLarge, Assert.Throws<CnnVisException>(() => ImageCodec.Decode(large, DecodeOptions.Default with { MaximumPixels = 50_000 })).ErrorId);

        static (int, int) Size(ImageHeader header) => (header.Width, header.Height);
    }

    [Fact]
    public void PalettesStayBetweenBlackAndWhite()
    {
        var random = new Random(2);
        byte[] colors = new byte[768], alphas = new byte[256], rows = new byte[56 * 40];
        random.NextBytes(colors);
        random.NextBytes(alphas);
        random.NextBytes(rows);
        for (int i = 0; i < 256; i += 2) (alphas[i], colors[3 * i], colors[3 * i + 1], colors[3 * i + 2]) = (255, 0, 0, 0);
        string path = _folder.Add("p.png", Png.Of(56, 40, 8, 3, rows, ("PLTE", colors), ("tRNS", alphas)));
        foreach (int channels in new[] { 1, 2, 3, 4 })
            foreach (int side in new[] { 9, 32, 64, 77 })
            {
                var input = new CnnInput(channels, side, side, ResizeMode.Crop, side);
                float[] values = new float[input.Length];
                Preprocessor.Load(path, input, DecodeOptions.Default, values);
                Assert.All(values, v => Assert.InRange(v, 0, 1));
            }
    }

    [Fact]
    public void ADamagedTarIsOneErrorWhateverIsWrongWithIt()
    {
        byte[] tar = Tars.Of(TarEntryFormat.Gnu, [.. Enumerable.Range(0, 4).Select(i => ($"a{new string('x', 120 * (i % 2))}{i}.png", Pictures.Png(Pictures.Noise(4, 4))))]);
        var random = new Random(8);
        for (int time = 0; time < 3000; time++)
        {
            byte[] spoilt = [.. tar];
            for (int i = random.Next(1, 4); i > 0; i--) spoilt[random.Next(spoilt.Length / 512) * 512 + random.Next(260)] = (byte)random.Next(256);
            var errors = new List<CnnVisException>();
            int found = Engine.Images.TarFile.Pictures(_folder.Add("t.tar", spoilt), "", errors.Add).Count();
            Assert.True(errors.Count <= 1 && found <= 4, $"{found} {errors.Count}");
        }
    }

    /// <summary>A chunk of a PNG that says how it lies.</summary>
    private static byte[] Exif(int orientation, bool little)
    {
        byte[] tiff = little
            ? [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0]
            : [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];
        byte[] body = [.. "eXIf"u8, .. tiff];
        return [0, 0, 0, (byte)tiff.Length, .. body, .. Checksum(body)];
    }

    private static byte[] Checksum(byte[] body)
    {
        uint crc = ~0u;
        foreach (byte b in body)
        {
            crc ^= b;
            for (int i = 0; i < 8; i++) crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
        }
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, ~crc);
        return bytes;
    }

    /// <summary>A WebP of one frame on a canvas of its own.</summary>
    private static byte[] Animated(int width, int height, byte[] still)
    {
        byte[] frame = [0, 0, 0, 0, 0, 0, 15, 0, 0, 15, 0, 0, 10, 0, 0, 0, .. still];
        byte[] body = [.. "WEBP"u8, .. Chunk("VP8X", [2, 0, 0, 0, .. Three(width - 1), .. Three(height - 1)]), .. Chunk("ANIM", new byte[6]), .. Chunk("ANMF", frame), .. Chunk("ANMF", frame)];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(body.Length), .. body];

        static byte[] Three(int n) => [(byte)n, (byte)(n >> 8), (byte)(n >> 16)];

        static byte[] Chunk(string type, byte[] data) => [.. Encoding.ASCII.GetBytes(type), .. BitConverter.GetBytes(data.Length), .. data, .. new byte[data.Length & 1]];
    }
}
