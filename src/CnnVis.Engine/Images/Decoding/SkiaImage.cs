using SkiaSharp;

namespace CnnVis.Engine.Images.Decoding;

/// <summary>A JPEG, PNG, WebP, GIF or BMP file in memory.</summary>
internal sealed class SkiaImage : EncodedImage
{
    private readonly SKData _data;
    private readonly SKCodec _codec;

    private SkiaImage(string path, SKData data, SKCodec codec) : base(path)
    {
        (_data, _codec) = (data, codec);
        var orientation = new Orientation(codec.EncodedFormat == SKEncodedImageFormat.Png && codec.EncodedOrigin == SKEncodedOrigin.TopLeft ? PngOrientation.Of(data.Span) : (int)codec.EncodedOrigin);
        var (width, height) = orientation.Turn(codec.Info.Width, codec.Info.Height);
        Header = new ImageHeader(width, height, codec.EncodedFormat.ToString(), orientation);
    }

    /// <inheritdoc/>
    public override ImageHeader Header { get; }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Bytes => _data.Span;

    /// <summary>The picture in these bytes, which it then owns; null where they are of no such format.</summary>
    public static SkiaImage? TryOpen(string path, SKData data)
    {
        SKCodec? codec = SKCodec.Create(data);
        try
        {
            return codec?.EncodedFormat is SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Png or SKEncodedImageFormat.Webp or SKEncodedImageFormat.Gif or SKEncodedImageFormat.Bmp
                ? new SkiaImage(path, data, Interlocked.Exchange(ref codec, null)) : null;
        }
        finally
        {
            codec?.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override Raster DecodeStored(int minimumWidth, int minimumHeight, DecodeOptions options)
    {
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
        throw Unreadable(Path, result == SKCodecResult.IncompleteInput ? "the file ends before the picture does" : $"its pixels are damaged ({result})");
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _codec.Dispose();
        _data.Dispose();
    }

    private SKSizeI Scaled(int width, int height)
    {
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
}
