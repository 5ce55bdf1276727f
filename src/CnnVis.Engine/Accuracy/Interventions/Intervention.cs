using CnnVis.Engine.Attributes;
using CnnVis.Engine.Attributes.Measures;
using CnnVis.Engine.Corruptions;
using CnnVis.Engine.Corruptions.Digital;

namespace CnnVis.Engine.Accuracy.Interventions;

/// <summary>Gives a picture more or less of an attribute.</summary>
internal sealed class Intervention
{
    private const int Steps = 14;

    private readonly Func<PixelImage, double> _measure;
    private readonly Func<PixelImage, double, PixelImage>? _less, _more;

    private Intervention(string attribute, Func<PixelImage, double> measure, Func<PixelImage, double, PixelImage>? less, Func<PixelImage, double, PixelImage>? more) => (Attribute, _measure, _less, _more) = (attribute, measure, less, more);

    /// <summary>What it changes.</summary>
    public string Attribute { get; }

    /// <summary>Those that there are. Strengths are from 0 (as it is) to 1.</summary>
    public static IReadOnlyList<Intervention> All { get; } = new Intervention[]
    {
        new("Brightness", i => LightMeasures.Of(LumaPlane.Of(i)).Brightness, (i, s) => Each(i, v => v * (1 - s)), (i, s) => Each(i, v => 255 - (255 - v) * (1 - s))),
        new("Contrast", i => LightMeasures.Of(LumaPlane.Of(i)).Contrast, (i, s) => Spread(i, 1 - s), (i, s) => Spread(i, 1 + 7 * s)),
        new("Saturation", i => ColorMeasures.Of(i).Saturation, (i, s) => Colored(i, 1 - s), (i, s) => Colored(i, 1 + 7 * s)),
        new("Colorfulness", i => ColorMeasures.Of(i).Colorfulness, (i, s) => Colored(i, 1 - s), (i, s) => Colored(i, 1 + 7 * s)),
        new("Sharpness", i => Detail.Sharpness(ImageAttributeReader.FixedSize(i)), (i, s) => Blurred(i, s * Math.Min(i.Width, i.Height) / 16.0), null),
        new("Noise", i => Detail.Noise(LumaPlane.Of(i)), null, (i, s) => Noisy(i, 100 * s)),
        new("JpegQuality", _ => double.NaN, (i, s) => JpegCompression.Compressed(i, Math.Max(1, (int)Math.Round(100 * (1 - s)))), null),
    };

    /// <summary>The one for an attribute; null where none is.</summary>
    public static Intervention? Of(string attribute) => All.FirstOrDefault(i => i.Attribute.Equals(attribute, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether it can give more, or less.</summary>
    public bool Can(bool more) => (more ? _more : _less) is not null;

    /// <summary>A picture that has so much of the attribute; null where it cannot be brought there.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="level">How much.</param>
    public PixelImage? Bring(PixelImage image, double level)
    {
        if (Attribute == "JpegQuality") return _less!(image, 1 - level / 100);
        double now = _measure(image);
        bool more = level > now;
        if ((more ? _more : _less) is not { } change || (_measure(change(image, 1)) > level) != more) return null;
        double low = 0, high = 1;
        for (int i = 0; i < Steps; i++)
        {
            double middle = (low + high) / 2;
            if (_measure(change(image, middle)) > level == more) high = middle;
            else low = middle;
        }
        return change(image, high);
    }

    private static PixelImage Each(PixelImage image, Func<double, double> change)
    {
        byte[] table = [.. Enumerable.Range(0, 256).Select(v => (byte)Math.Clamp(change(v) + 0.5, 0, 255))];
        byte[] pixels = image.Pixels.ToArray();
        for (int i = 0; i < pixels.Length; i++) pixels[i] = table[pixels[i]];
        return new PixelImage(image.Width, image.Height, pixels);
    }

    private static PixelImage Spread(PixelImage image, double factor)
    {
        double mean = 255 * LightMeasures.Of(LumaPlane.Of(image)).Brightness;
        return Each(image, v => mean + (v - mean) * factor);
    }

    private static PixelImage Colored(PixelImage image, double factor)
    {
        byte[] pixels = image.Pixels.ToArray();
        for (int i = 0; i < pixels.Length; i += 3)
        {
            double luma = 0.299 * pixels[i] + 0.587 * pixels[i + 1] + 0.114 * pixels[i + 2];
            for (int c = 0; c < 3; c++) pixels[i + c] = (byte)Math.Clamp(luma + (pixels[i + c] - luma) * factor + 0.5, 0, 255);
        }
        return new PixelImage(image.Width, image.Height, pixels);
    }

    private static PixelImage Blurred(PixelImage image, double deviation)
    {
        var picture = CorruptedPicture.Of(image);
        for (int c = 0; c < 3; c++) picture.Planes[c] = Planes.Gaussian(picture.Planes[c], picture.Width, picture.Height, deviation);
        return picture.ToImage();
    }

    /// <summary>The same noise for every strength, so that more is always more.</summary>
    private static PixelImage Noisy(PixelImage image, double deviation)
    {
        var picture = CorruptedPicture.Of(image);
        var random = new CorruptionRandom(System.IO.Hashing.XxHash3.HashToUInt64(image.Pixels));
        foreach (float[] plane in picture.Planes)
            for (int i = 0; i < plane.Length; i++) plane[i] += (float)(deviation * random.Normal());
        return picture.ToImage();
    }
}
