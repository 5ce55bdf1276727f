using SkiaSharp;

namespace CnnVis.Engine.Images;

/// <summary>Collects rows and encodes them at the end, for formats whose encoder wants the whole picture.</summary>
internal sealed class BitmapRowEncoder(Stream stream, int width, int height, ImageFormat format, int quality) : RowEncoder
{
    private readonly SKBitmap _bitmap = new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
    private int _row;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> rows)
    {
        ImageCodec.Expand(rows, _bitmap, _row);
        _row += rows.Length / (3 * width);
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        using SKData data = ImageCodec.Encode(_bitmap, format, quality);
        data.SaveTo(stream);
    }

    /// <inheritdoc/>
    public override void Dispose() => _bitmap.Dispose();
}
