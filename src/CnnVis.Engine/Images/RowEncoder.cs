namespace CnnVis.Engine.Images;

/// <summary>Writes a picture file from rows that come one after the other.</summary>
internal abstract class RowEncoder : IDisposable
{
    /// <summary>Begins a file.</summary>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="format">A PNG is written as the rows come. JPEG and WebP hold the whole picture, four bytes a pixel, until the end.</param>
    /// <param name="quality">Of JPEG and WebP, 1 to 100.</param>
    /// <exception cref="CnnVisException">The format cannot hold a picture of that size (InvalidArgument).</exception>
    public static RowEncoder Begin(Stream stream, int width, int height, ImageFormat format, int quality)
    {
        ImageCodec.Check(width, height, format, quality);
        return format == ImageFormat.Png ? new PngRowEncoder(stream, width, height) : new BitmapRowEncoder(stream, width, height, format, quality);
    }

    /// <summary>Adds whole rows: R, G, B of each pixel.</summary>
    public abstract void Write(ReadOnlySpan<byte> rows);

    /// <summary>Ends the file, once all its rows are there.</summary>
    public abstract void Finish();

    /// <inheritdoc/>
    public abstract void Dispose();
}
