using CnnVis.Engine.Runtime;
using SkiaSharp;

namespace CnnVis.Engine.Images;

/// <summary>A picture file in memory, its header read and nothing decoded yet. The file itself is closed again.</summary>
internal sealed class EncodedImage : IDisposable
{
    private const long MaximumBytes = 1L << 30;
    private readonly string _path;
    private readonly SKData _data;
    private readonly SKCodec _codec;

    private EncodedImage(string path, SKData data, SKCodec codec)
    {
        (_path, _data, _codec) = (path, data, codec);
        var orientation = new Orientation(codec.EncodedFormat == SKEncodedImageFormat.Png && codec.EncodedOrigin == SKEncodedOrigin.TopLeft ? PngOrientation.Of(data.Span) : (int)codec.EncodedOrigin);
        var (width, height) = orientation.Turn(codec.Info.Width, codec.Info.Height);
        Header = new ImageHeader(width, height, codec.EncodedFormat.ToString(), orientation);
    }

    public ImageHeader Header { get; }

    /// <exception cref="CnnVisException">The file cannot be read, or is no picture.</exception>
    public static EncodedImage Open(ImageSource source)
    {
        string path = source.Path;
        SKData data = Read(source);
        SKCodec? codec = null;
        try
        {
            codec = SKCodec.Create(data);
            return codec?.EncodedFormat switch
            {
                SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Png or SKEncodedImageFormat.Webp or SKEncodedImageFormat.Gif or SKEncodedImageFormat.Bmp
                    => new EncodedImage(path, data, codec),
                _ => throw Unreadable(path, "it is no picture, or damaged. PNG, JPEG, WebP, GIF and BMP can be read"),
            };
        }
        catch
        {
            codec?.Dispose();
            data.Dispose();
            throw;
        }
    }

    /// <summary>Decodes the picture, a JPEG at 1/2, 1/4 or 1/8 where that leaves enough of it. The first frame of an animation; colour profiles are converted to sRGB.</summary>
    /// <param name="minimumWidth">Columns, upright, below which it may not be scaled down.</param>
    /// <param name="minimumHeight">Rows, upright, likewise.</param>
    /// <param name="options">The limits.</param>
    /// <exception cref="CnnVisException">It is too large, or damaged.</exception>
    public Raster Decode(int minimumWidth, int minimumHeight, DecodeOptions options)
    {
        long pixels = (long)Header.Width * Header.Height, limit = Math.Min(options.MaximumPixels, Array.MaxLength / 4);
        if (pixels > limit)
            throw new CnnVisException(ErrorIds.ImageTooLarge, $"'{_path}' has {Header.Width}x{Header.Height} = {pixels:N0} pixels, more than the limit of {limit:N0}. Scale it down first.", _path);
        SKSizeI size = Scaled(minimumWidth, minimumHeight);
        bool opaque = _codec.Info.AlphaType == SKAlphaType.Opaque;
        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, opaque ? SKAlphaType.Opaque : SKAlphaType.Premul, SKColorSpace.CreateSrgb());
        var raster = new Raster(size.Width, size.Height) { HasAlpha = !opaque, Orientation = Header.Orientation };
        SKCodecResult result;
        unsafe
        {
            result = _codec.GetPixels(info, (nint)raster.Pixels);
        }
        if (result == SKCodecResult.Success) return raster;
        raster.Dispose();
        throw Unreadable(_path, result == SKCodecResult.IncompleteInput ? "the file ends before the picture does" : $"its pixels are damaged ({result})");
    }

    public void Dispose()
    {
        _codec.Dispose();
        _data.Dispose();
    }

    private SKSizeI Scaled(int minimumWidth, int minimumHeight)
    {
        var (width, height) = Header.Orientation.Turn(minimumWidth, minimumHeight);
        if (_codec.EncodedFormat == SKEncodedImageFormat.Jpeg) // the one format that is faster to decode smaller
        {
            for (float scale = 1 / 8f; scale < 1; scale *= 2)
            {
                SKSizeI size = _codec.GetScaledDimensions(scale);
                if (size.Width >= width && size.Height >= height) return size;
            }
        }
        return _codec.Info.Size;
    }

    private static SKData Read(ImageSource source)
    {
        string path = source.Path;
        SKData? data = null;
        try
        {
            using var file = PlainFile.OpenRead(source.File, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            long length = source.Length ?? file.Length;
            if (length == 0) throw Unreadable(path, "it is empty");
            if (length > MaximumBytes) throw new CnnVisException(ErrorIds.ImageTooLarge, $"'{path}' has {length:N0} bytes, more than a picture file may have ({MaximumBytes:N0}).", path);
            if (length > file.Length - source.Offset) throw Unreadable(path, $"'{source.File}' ends before it does");
            data = SKData.Create(length);
            file.Position = source.Offset;
            file.ReadExactly(data.Span);
            return data;
        }
        catch (Exception error)
        {
            data?.Dispose();
            throw error switch
            {
                FileNotFoundException or DirectoryNotFoundException => new CnnVisException(ErrorIds.PathNotFound, $"There is no file '{path}'.", path, error),
                UnauthorizedAccessException when Directory.Exists(path) => Unreadable(path, "it is a folder", error),
                UnauthorizedAccessException or IOException or ArgumentException or NotSupportedException => Unreadable(path, error.Message, error),
                _ => error,
            };
        }
    }

    private static CnnVisException Unreadable(string path, string reason, Exception? error = null) =>
        new(ErrorIds.ImageUnreadable, $"'{path}' cannot be read: {reason.TrimEnd('.')}.", path, error);
}
