using CnnVis.Engine.Images.Decoding;
using CnnVis.Engine.Runtime;
using SkiaSharp;

namespace CnnVis.Engine.Images;

/// <summary>A picture file whose header was read, and nothing decoded yet.</summary>
/// <param name="path">What errors name.</param>
internal abstract class EncodedImage(string path) : IDisposable
{
    private const long MaximumBytes = 1L << 30;

    /// <summary>Bytes that tell one format from another.</summary>
    private const int SignatureLength = 16;

    /// <summary>What the file says of itself.</summary>
    public abstract ImageHeader Header { get; }

    /// <summary>The file's bytes, where they are in memory, until it is disposed; empty otherwise.</summary>
    public virtual ReadOnlySpan<byte> Bytes => [];

    /// <summary>What errors name.</summary>
    protected string Path => path;

    /// <summary>Finds out by its first bytes which format a file is of, whatever its name; only TGA has none that tell.</summary>
    /// <exception cref="CnnVisException">The file cannot be read, or is no picture.</exception>
    public static EncodedImage Open(ImageSource source)
    {
        string path = source.Path;
        FileStream? file = null;
        SKData? data = null;
        try
        {
            file = PlainFile.OpenRead(source.File, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            long length = source.Length ?? file.Length;
            if (length == 0) throw Unreadable(path, "it is empty");
            if (length > file.Length - source.Offset) throw Unreadable(path, $"'{source.File}' ends before it does");
            Span<byte> signature = stackalloc byte[(int)Math.Min(SignatureLength, length)];
            file.Position = source.Offset;
            file.ReadExactly(signature);
            if (TiffDirectory.Recognises(signature))
            {
                var pages = new TiffImage(source, file, length);
                file = null; // it reads on
                return pages;
            }
            if (source.Page > 1) throw Unreadable(path, "it is no TIFF file, and has no pages");
            if (length > MaximumBytes) throw new CnnVisException(ErrorIds.ImageTooLarge, $"'{path}' has {length:N0} bytes, more than a picture file may have ({MaximumBytes:N0}).", path);
            data = SKData.Create(length);
            file.Position = source.Offset;
            file.ReadExactly(data.Span);
            EncodedImage image = PortableImage.Recognises(signature) ? new PortableImage(path, data)
                : TargaImage.Recognises(data.Span, path) ? new TargaImage(path, data)
                : SkiaImage.TryOpen(path, data) ?? throw Unreadable(path, OtherFormat.Reason(data.Span) ?? "it is no picture, or damaged. PNG, JPEG, WebP, GIF, BMP, TIFF, PBM, PGM, PPM and TGA can be read");
            data = null;
            return image;
        }
        catch (Exception error)
        {
            throw error switch
            {
                FileNotFoundException or DirectoryNotFoundException => new CnnVisException(ErrorIds.PathNotFound, $"There is no file '{path}'.", path, error),
                UnauthorizedAccessException when Directory.Exists(path) => Unreadable(path, "it is a folder", error),
                UnauthorizedAccessException or IOException or ArgumentException or NotSupportedException => Unreadable(path, error.Message, error),
                _ => error,
            };
        }
        finally
        {
            data?.Dispose();
            file?.Dispose();
        }
    }

    /// <summary>Decodes the picture, a JPEG at 1/2, 1/4 or 1/8 where that leaves enough of it. The first frame of an animation; colour profiles are converted to sRGB; 16 bits and float stay what they are in TIFF and PGM.</summary>
    /// <param name="minimumWidth">Columns, upright, below which it may not be scaled down.</param>
    /// <param name="minimumHeight">Rows, upright, likewise.</param>
    /// <param name="options">The limits.</param>
    /// <exception cref="CnnVisException">It is too large, or damaged.</exception>
    public Raster Decode(int minimumWidth, int minimumHeight, DecodeOptions options)
    {
        long pixels = (long)Header.Width * Header.Height, limit = Math.Min(options.MaximumPixels, Array.MaxLength / 4);
        if (pixels > limit)
            throw new CnnVisException(ErrorIds.ImageTooLarge, $"'{path}' has {Header.Width}x{Header.Height} = {pixels:N0} pixels, more than the limit of {limit:N0}. Scale it down first.", path);
        var (width, height) = Header.Orientation.Turn(minimumWidth, minimumHeight);
        return DecodeStored(width, height, options);
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Decodes the pixels as they are stored, once their number was found to be allowed.</summary>
    /// <param name="minimumWidth">Stored columns below which it may not be scaled down.</param>
    /// <param name="minimumHeight">Stored rows, likewise.</param>
    /// <param name="options">The limits.</param>
    protected abstract Raster DecodeStored(int minimumWidth, int minimumHeight, DecodeOptions options);

    /// <summary>The error of a file that cannot be read.</summary>
    protected internal static CnnVisException Unreadable(string path, string reason, Exception? error = null) =>
        new(ErrorIds.ImageUnreadable, $"'{path}' cannot be read: {reason.TrimEnd('.')}.", path, error);
}
