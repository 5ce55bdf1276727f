using System.IO.Hashing;
using System.Text;
using CnnVis.Engine.Corruptions.Digital;

namespace CnnVis.Engine.Corruptions;

/// <summary>Corrupts pictures. What is random comes from the picture, the corruption, the severity and the seed, so that it depends neither on the order of the pictures nor on the batch.</summary>
public static class Corruptor
{
    /// <summary>A corrupted copy.</summary>
    /// <param name="image">The picture as the network sees it: resized and cut out.</param>
    /// <param name="corruption">How.</param>
    /// <param name="severity">From 1 to 5.</param>
    /// <param name="seed">Of everything random.</param>
    /// <param name="jpegQuality">Write and read the result as a JPEG of that quality, 1 to 100, as the published pictures were with 85; null for not.</param>
    public static PixelImage Apply(PixelImage image, ICorruption corruption, int severity, int seed, int? jpegQuality = null)
    {
        var picture = CorruptedPicture.Of(image);
        var level = new CorruptionLevel(severity, Math.Min(image.Width, image.Height));
        ulong hash = XxHash3.HashToUInt64(image.Pixels, seed);
        corruption.Apply(picture, level, new CorruptionRandom(XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{hash} {corruption.Name} {severity}"))));
        PixelImage result = picture.ToImage();
        return jpegQuality is { } quality ? JpegCompression.Compressed(result, quality) : result;
    }
}
