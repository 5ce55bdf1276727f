using CnnVis.Engine.Images;
using SkiaSharp;

namespace CnnVis.Engine.Tests.Images;

/// <summary>Pictures to test with.</summary>
internal static class Pictures
{
    /// <summary>One that is different everywhere, always the same.</summary>
    public static PixelImage Noise(int width, int height, int seed = 1)
    {
        byte[] pixels = new byte[width * height * 3];
        new Random(seed).NextBytes(pixels);
        return new PixelImage(width, height, pixels);
    }

    /// <summary>One of smooth waves, as photos have them.</summary>
    public static PixelImage Smooth(int width, int height) => Of(width, height, (x, y) => new Rgb(
        (byte)(128 + 100 * Math.Sin(6.0 * x / width)), (byte)(128 + 100 * Math.Cos(5.0 * y / height)), (byte)(255 * x / width)));

    public static PixelImage Of(int width, int height, Func<int, int, Rgb> color)
    {
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < width * height; i++)
        {
            Rgb c = color(i % width, i / width);
            (pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2]) = (c.R, c.G, c.B);
        }
        return new PixelImage(width, height, pixels);
    }

    public static byte[] Png(PixelImage image) => ImageCodec.Encode(image, ImageFormat.Png, 100);

    public static byte[] Jpeg(PixelImage image) => ImageCodec.Encode(image, ImageFormat.Jpeg, 100);

    /// <summary>A JPEG that says how it lies, in an EXIF segment right after the first marker.</summary>
    public static byte[] Jpeg(PixelImage image, int orientation)
    {
        byte[] jpeg = Jpeg(image);
        return
        [
            .. jpeg[..2],
            0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, // big-endian TIFF, first directory at 8
            0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
            .. jpeg[2..],
        ];
    }

    /// <summary>A PNG of one colour whose values are in another colour space.</summary>
    public static byte[] Profiled(Rgb color, SKColorSpace space)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(4, 4, SKColorType.Rgba8888, SKAlphaType.Opaque, space));
        bitmap.GetPixelSpan().Fill(255);
        for (int i = 0; i < 16; i++)
        {
            Span<byte> pixel = bitmap.GetPixelSpan().Slice(4 * i, 4);
            (pixel[0], pixel[1], pixel[2]) = (color.R, color.G, color.B);
        }
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>Two frames of one pixel: red, then blue.</summary>
    public static byte[] Animation =>
    [
        .. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 255, 0, 0, 0, 0, 255,
        0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0,
        0x21, 0xF9, 4, 0, 10, 0, 0, 0,
        0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4C, 1, 0,
        0x3B,
    ];

    /// <summary>24-bit BMP of two pixels: red, then green.</summary>
    public static byte[] Bitmap =>
    [
        .. "BM"u8, 62, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0,
        40, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 255, 0, 255, 0, 0, 0,
    ];

    /// <summary>A few bytes that claim 400 megapixels.</summary>
    public static byte[] Huge => Images.Png.Of(20_000, 20_000, 8, 2, []);
}
