using CnnVis.Engine.Images;

namespace CnnVis.Engine.Humans.Labeling;

/// <summary>Pictures as text that a page holds in itself.</summary>
internal static class EmbeddedPicture
{
    private const int Lossless = 128, Quality = 85;

    private static readonly int[] _stripQualities = [80, 60, 40, 25, 12];

    /// <summary>A photo, its longest side at most so long. Small ones keep every pixel.</summary>
    /// <returns>The data address, and the longest side.</returns>
    /// <exception cref="CnnVisException">It cannot be read.</exception>
    public static (string Source, int Side) Photo(string path, int longest)
    {
        ImageHeader header = ImageCodec.ReadHeader(path);
        PixelImage image = Thumbnail.Load(path, null, Math.Min(longest, Math.Max(header.Width, header.Height)), isFilled: false);
        int side = Math.Max(image.Width, image.Height);
        return (Address(image, side <= Lossless ? ImageFormat.Png : ImageFormat.Jpeg, Quality), side);
    }

    /// <summary>Photos side by side, each filling a square, within so many characters: with less quality, and then fewer of them, until they fit. Those that cannot be read are left out.</summary>
    /// <returns>The data address, null where not one fits, and how many there are.</returns>
    public static (string? Source, int Count) Strip(IEnumerable<string> paths, int count, int side, long characters)
    {
        List<PixelImage> shown = [];
        foreach (string path in paths)
        {
            if (shown.Count == count) break;
            try
            {
                shown.Add(Thumbnail.Load(path, null, side, isFilled: true));
            }
            catch (CnnVisException)
            {
                // An example more or less.
            }
        }
        for (int number = shown.Count; number > 0; number -= Math.Max(1, number / 4))
        {
            PixelImage strip = Beside([.. shown.Take(number)], side);
            foreach (int quality in _stripQualities)
                if (Address(strip, ImageFormat.WebP, quality) is var source && source.Length <= characters) return (source, number);
        }
        return (null, 0);
    }

    private static PixelImage Beside(PixelImage[] images, int side)
    {
        byte[] pixels = new byte[images.Length * side * side * 3];
        for (int i = 0; i < images.Length; i++)
            for (int y = 0; y < side; y++) images[i].Pixels.Slice(y * side * 3, side * 3).CopyTo(pixels.AsSpan((y * images.Length + i) * side * 3));
        return new PixelImage(images.Length * side, side, pixels);
    }

    private static string Address(PixelImage image, ImageFormat format, int quality)
    {
        string type = format switch { ImageFormat.Png => "png", ImageFormat.Jpeg => "jpeg", _ => "webp" };
        return $"data:image/{type};base64,{Convert.ToBase64String(ImageCodec.Encode(image, format, quality))}";
    }
}
