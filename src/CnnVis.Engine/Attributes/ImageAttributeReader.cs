using CnnVis.Engine.Attributes.Measures;
using CnnVis.Engine.Images;

namespace CnnVis.Engine.Attributes;

/// <summary>Measures pictures, several at a time.</summary>
public static class ImageAttributeReader
{
    private const int FixedLength = 256;

    /// <summary>Names of the attributes that a picture has by itself, whatever its boxes and the others are.</summary>
    public static IReadOnlyList<string> Names { get; } = new[]
    {
        nameof(ImageAttributes.Width), nameof(ImageAttributes.Height), nameof(ImageAttributes.Aspect), nameof(ImageAttributes.Megapixels), nameof(ImageAttributes.Format), nameof(ImageAttributes.Bytes),
        nameof(ImageAttributes.BytesPerPixel), nameof(ImageAttributes.Brightness), nameof(ImageAttributes.Contrast), nameof(ImageAttributes.Saturation), nameof(ImageAttributes.Colorfulness), nameof(ImageAttributes.Hue),
        nameof(ImageAttributes.IsGray), nameof(ImageAttributes.Sharpness), nameof(ImageAttributes.Noise), nameof(ImageAttributes.Entropy), nameof(ImageAttributes.EdgeDensity), nameof(ImageAttributes.JpegQuality),
    };

    /// <summary>Measures one picture.</summary>
    /// <exception cref="CnnVisException">It cannot be read.</exception>
    public static ImageAttributes Read(ImageSource source) => Measure(source, false).Attributes;

    /// <summary>Measures pictures at the same time, in their order.</summary>
    /// <param name="sources">The pictures.</param>
    /// <param name="withSignature">Whether near duplicates are to be found.</param>
    /// <param name="cancellation">Ends it.</param>
    internal static IReadOnlyList<MeasuredImage> Read(IReadOnlyList<ImageSource> sources, bool withSignature, CancellationToken cancellation)
    {
        var measured = new MeasuredImage[sources.Count];
        Parallel.For(0, sources.Count, new ParallelOptions { MaxDegreeOfParallelism = ImageLoader.DefaultThreads, CancellationToken = cancellation }, i =>
        {
            try
            {
                var (attributes, signature) = Measure(sources[i], withSignature);
                measured[i] = new MeasuredImage(attributes, signature, null);
            }
            catch (Exception error) // whatever happens to one picture is that picture's error
            {
                measured[i] = new MeasuredImage(null, null, error as CnnVisException ?? new CnnVisException(ErrorIds.ImageUnreadable, $"'{sources[i].Path}' cannot be read: {error.Message}", sources[i].Path, error));
            }
        });
        return measured;
    }

    /// <summary>Some attributes of pictures, by name; none of one that cannot be read.</summary>
    /// <param name="paths">The pictures.</param>
    /// <param name="names">Some of <see cref="Names"/>, in any case.</param>
    /// <param name="cancellation">Ends it.</param>
    public static IReadOnlyList<IReadOnlyDictionary<string, object?>> Values(IReadOnlyList<string> paths, IReadOnlyCollection<string> names, CancellationToken cancellation) =>
        [.. Read([.. paths.Select(p => new ImageSource(p))], false, cancellation)
            .Select(m => names.ToDictionary(n => n, n => m.Attributes is null ? null : Value(m.Attributes, n), StringComparer.OrdinalIgnoreCase))];

    /// <summary>One attribute of a measured picture by its name, in any case.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static object? Value(ImageAttributes attributes, string name) => Names.FirstOrDefault(n => n.Equals(name, StringComparison.OrdinalIgnoreCase)) switch
    {
        nameof(ImageAttributes.Width) => (double)attributes.Width,
        nameof(ImageAttributes.Height) => (double)attributes.Height,
        nameof(ImageAttributes.Aspect) => attributes.Aspect,
        nameof(ImageAttributes.Megapixels) => attributes.Megapixels,
        nameof(ImageAttributes.Format) => attributes.Format,
        nameof(ImageAttributes.Bytes) => (double)attributes.Bytes,
        nameof(ImageAttributes.BytesPerPixel) => attributes.BytesPerPixel,
        nameof(ImageAttributes.Brightness) => attributes.Brightness,
        nameof(ImageAttributes.Contrast) => attributes.Contrast,
        nameof(ImageAttributes.Saturation) => attributes.Saturation,
        nameof(ImageAttributes.Colorfulness) => attributes.Colorfulness,
        nameof(ImageAttributes.Hue) => attributes.Hue,
        nameof(ImageAttributes.IsGray) => attributes.IsGray,
        nameof(ImageAttributes.Sharpness) => attributes.Sharpness,
        nameof(ImageAttributes.Noise) => attributes.Noise,
        nameof(ImageAttributes.Entropy) => attributes.Entropy,
        nameof(ImageAttributes.EdgeDensity) => attributes.EdgeDensity,
        nameof(ImageAttributes.JpegQuality) => attributes.JpegQuality is { } quality ? (double)quality : null,
        _ => throw new ArgumentException($"There is no attribute '{name}'.", nameof(name)),
    };

    /// <summary>The picture with its longer side brought to 256 pixels.</summary>
    internal static LumaPlane FixedSize(PixelImage image)
    {
        double longest = Math.Max(image.Width, image.Height);
        return LumaPlane.Of(image, Math.Max(1, (int)Math.Round(FixedLength * image.Width / longest)), Math.Max(1, (int)Math.Round(FixedLength * image.Height / longest)));
    }

    private static (ImageAttributes Attributes, PictureSignature? Signature) Measure(ImageSource source, bool withSignature)
    {
        source = source.Located();
        PixelImage image;
        string format;
        int? quality;
        if (ArrayImage.Is(source.Path))
        {
            image = ArrayImage.Load(source, DecodeOptions.Default).ToImage();
            (format, quality) = ("Npy", null);
        }
        else
        {
            using EncodedImage file = EncodedImage.Open(source);
            using Raster raster = file.Decode(file.Header.Width, file.Header.Height, DecodeOptions.Default);
            image = raster.ToImage();
            (format, quality) = (file.Header.Format, JpegQuality.Of(file.Bytes));
        }
        LumaPlane luma = LumaPlane.Of(image);
        LumaPlane fixedSize = FixedSize(image);
        LightMeasures light = LightMeasures.Of(luma);
        ColorMeasures color = ColorMeasures.Of(image);
        return (new ImageAttributes
        {
            Path = source.Path,
            Label = source.Label,
            Width = image.Width,
            Height = image.Height,
            Format = format,
            Bytes = source.Length ?? new FileInfo(source.File).Length,
            Brightness = light.Brightness,
            Contrast = light.Contrast,
            Entropy = light.Entropy,
            Saturation = color.Saturation,
            Colorfulness = color.Colorfulness,
            Hue = color.Hue,
            IsGray = color.IsGray,
            Sharpness = Detail.Sharpness(fixedSize),
            Noise = Detail.Noise(luma),
            EdgeDensity = Detail.EdgeDensity(fixedSize),
            JpegQuality = quality,
        }, withSignature ? PictureSignature.Of(image) : null);
    }
}
