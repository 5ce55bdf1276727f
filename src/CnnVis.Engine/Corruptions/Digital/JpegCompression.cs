using SkiaSharp;

namespace CnnVis.Engine.Corruptions.Digital;

/// <summary>Written as a JPEG of quality c, colours at half the resolution as PIL does, and read again.</summary>
internal sealed class JpegCompression : ICorruption
{
    public string Name => nameof(JpegCompression);

    public string Family => "Digital";

    public void Apply(CorruptedPicture picture, CorruptionLevel level, CorruptionRandom random) =>
        picture.Take(Compressed(picture.ToImage(), level.Of(25, 18, 15, 10, 7, 65, 58, 50, 40, 25, 80, 65, 58, 50, 40)));

    /// <summary>A picture after it was written and read.</summary>
    internal static PixelImage Compressed(PixelImage image, int quality)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        Span<byte> pixels = bitmap.GetPixelSpan();
        for (int i = 0; i < image.Width * image.Height; i++)
        {
            image.Pixels.Slice(3 * i, 3).CopyTo(pixels[(4 * i)..]);
            pixels[4 * i + 3] = 255;
        }
        using SKPixmap pixmap = bitmap.PeekPixels();
        using SKData data = pixmap.Encode(new SKJpegEncoderOptions(quality, SKJpegEncoderDownsample.Downsample420, SKJpegEncoderAlphaOption.Ignore))
            ?? throw new InvalidOperationException("The picture cannot be written as JPEG.");
        using SKCodec codec = SKCodec.Create(data) ?? throw new InvalidOperationException("What was just written is no JPEG.");
        codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        byte[] result = new byte[image.Width * image.Height * 3];
        for (int i = 0; i < image.Width * image.Height; i++) pixels.Slice(4 * i, 3).CopyTo(result.AsSpan(3 * i));
        return new PixelImage(image.Width, image.Height, result);
    }
}
