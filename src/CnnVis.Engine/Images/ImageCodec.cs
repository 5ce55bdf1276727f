using SkiaSharp;

namespace CnnVis.Engine.Images;

/// <summary>Reads PNG, JPEG, WebP, GIF, BMP, TIFF, PBM, PGM, PPM and TGA files, and NumPy arrays; writes PNG, JPEG and WebP. Files are closed when a method returns.</summary>
public static class ImageCodec
{
    /// <summary>Size, format and orientation of a picture, without decoding it.</summary>
    /// <exception cref="CnnVisException">The file is not there (PathNotFound), or no picture (ImageUnreadable).</exception>
    public static ImageHeader ReadHeader(string path)
    {
        if (ArrayImage.Is(path)) return ArrayImage.Header(ImageSource.Of(path));
        using EncodedImage file = EncodedImage.Open(ImageSource.Of(path));
        return file.Header;
    }

    /// <summary>
    /// The upright photo in full size: EXIF orientation applied, colour profile converted to sRGB, 16 bits rounded to 8, transparent parts
    /// over white, of an animation the first frame, of a TIFF file the page that the path names or the first. Of an array of other channels than 1 to 4 their mean.
    /// </summary>
    /// <exception cref="CnnVisException">The file is not there (PathNotFound), no picture or damaged (ImageUnreadable), or has too many pixels (ImageTooLarge).</exception>
    public static PixelImage Decode(string path, DecodeOptions options) => Decode(ImageSource.Of(path), options);

    /// <inheritdoc cref="Decode(string, DecodeOptions)"/>
    /// <param name="source">A file, a part of one, or a picture in memory.</param>
    /// <param name="options">The limits.</param>
    public static PixelImage Decode(ImageSource source, DecodeOptions options)
    {
        if (source.Picture is { } picture)
        {
            PixelImage whole = picture.Image ?? (picture.Values is not null ? ArrayImage.Of(picture, picture.Channels).ToImage() : Decode(source.Path, options));
            return picture.Box is not { } box ? whole
                : box.X >= 0 && box.Y >= 0 && box.X + box.Width <= whole.Width && box.Y + box.Height <= whole.Height && box.Width > 0 && box.Height > 0 ? whole.Crop(box)
                : throw new CnnVisException(ErrorIds.ImageUnreadable, $"'{source.Path}' has {whole} pixels, and the part {box} lies outside.", source.Path);
        }
        if (ArrayImage.Is(source.Path)) return ArrayImage.Load(source, options).ToImage();
        using EncodedImage file = EncodedImage.Open(source.Located());
        using Raster raster = file.Decode(file.Header.Width, file.Header.Height, options);
        return raster.ToImage();
    }

    /// <summary>A picture from the bytes of a file that this class encoded.</summary>
    /// <exception cref="CnnVisException">They are no picture (ImageUnreadable).</exception>
    internal static PixelImage Decode(byte[] file)
    {
        using SKBitmap? bitmap = SKBitmap.Decode(file);
        if (bitmap is null) throw new CnnVisException(ErrorIds.ImageUnreadable, "The embedded picture is damaged.");
        byte[] pixels = new byte[bitmap.Width * bitmap.Height * 3];
        SKColor[] colors = bitmap.Pixels;
        for (int i = 0; i < colors.Length; i++) (pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2]) = (colors[i].Red, colors[i].Green, colors[i].Blue);
        return new PixelImage(bitmap.Width, bitmap.Height, pixels);
    }

    /// <summary>The bytes of a picture file.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="format">PNG and WebP of quality 100 lose nothing; JPEG keeps colour in full resolution.</param>
    /// <param name="quality">Of JPEG and WebP, 1 to 100.</param>
    /// <exception cref="CnnVisException">The format cannot hold a picture of that size (InvalidArgument).</exception>
    public static byte[] Encode(PixelImage image, ImageFormat format, int quality)
    {
        Check(image.Width, image.Height, format, quality);
        using var bitmap = new SKBitmap(new SKImageInfo(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        Expand(image.Pixels, bitmap, 0);
        return Encode(bitmap, format, quality).ToArray();
    }

    /// <exception cref="CnnVisException">The format cannot hold a picture of that size (InvalidArgument).</exception>
    internal static void Check(int width, int height, ImageFormat format, int quality)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        int most = format switch { ImageFormat.WebP => 16_383, ImageFormat.Jpeg => 65_500, _ => int.MaxValue };
        if (Math.Max(width, height) > most)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"A {format} file holds at most {most} pixels a side, and the picture has {width}x{height}. Write a PNG, or a smaller picture.");
    }

    /// <summary>The bytes of a picture file, outside the managed heap.</summary>
    internal static SKData Encode(SKBitmap bitmap, ImageFormat format, int quality)
    {
        using SKPixmap pixels = bitmap.PeekPixels();
        SKData? data = format switch
        {
            ImageFormat.Png => pixels.Encode(SKPngEncoderOptions.Default),
            ImageFormat.Jpeg => pixels.Encode(new SKJpegEncoderOptions(quality, SKJpegEncoderDownsample.Downsample444, SKJpegEncoderAlphaOption.Ignore)),
            ImageFormat.WebP => pixels.Encode(quality < 100 ? new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, quality) : new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 75)),
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };
        return data ?? throw new CnnVisException(ErrorIds.InvalidArgument, $"The picture of {bitmap.Width}x{bitmap.Height} pixels cannot be written as {format}.");
    }

    /// <summary>Writes R, G, B of whole rows into a bitmap, from a row on.</summary>
    internal static unsafe void Expand(ReadOnlySpan<byte> rgb, SKBitmap bitmap, int row)
    {
        uint* to = (uint*)bitmap.GetPixels() + (long)row * bitmap.Width;
        for (int i = 0; i < rgb.Length; i += 3) *to++ = rgb[i] | (uint)rgb[i + 1] << 8 | (uint)rgb[i + 2] << 16 | 0xFF000000;
    }
}
