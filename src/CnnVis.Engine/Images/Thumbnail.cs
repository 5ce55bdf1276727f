using System.Buffers;

namespace CnnVis.Engine.Images;

/// <summary>Makes small pictures of photos, or of tiles of them, in one step from what the decoder gives: a JPEG is decoded at 1/2, 1/4 or 1/8 where that is enough.</summary>
internal static unsafe class Thumbnail
{
    /// <inheritdoc cref="Load(ImageSource, PixelBox?, int, bool)"/>
    /// <param name="path">The file, or an entry of a tar file.</param>
    /// <param name="tile">The part of the upright photo; null for the whole.</param>
    /// <param name="size">Longest side where it is whole, both sides where it is filled.</param>
    /// <param name="isFilled">Cut off what does not fit into a square.</param>
    public static PixelImage Load(string path, PixelBox? tile, int size, bool isFilled) => Load(ImageSource.Of(path), tile, size, isFilled);

    /// <summary>A small picture of a file.</summary>
    /// <param name="source">The file, an entry of a tar file, or a picture in memory.</param>
    /// <param name="tile">The part of the upright photo; null for the whole.</param>
    /// <param name="size">Longest side where it is whole, both sides where it is filled.</param>
    /// <param name="isFilled">Cut off what does not fit into a square, on both sides equally; otherwise the whole, in its own shape.</param>
    /// <exception cref="CnnVisException">The file is not there (PathNotFound), no picture or damaged (ImageUnreadable), has too many pixels (ImageTooLarge), or the tile lies outside (ImageUnreadable).</exception>
    public static PixelImage Load(ImageSource source, PixelBox? tile, int size, bool isFilled)
    {
        string path = source.Path;
        if (source.Picture is not null || ArrayImage.Is(path))
        {
            PixelImage image = ImageCodec.Decode(source, DecodeOptions.Default);
            var (part, input) = Fit(path, image.Width, image.Height, tile, size, isFilled);
            fixed (byte* pixels = image.Pixels) return Write(new PixelRows((nint)pixels, image.Width, 3, HasAlpha: false), image.Height, new Orientation(1), part, input);
        }
        using EncodedImage file = EncodedImage.Open(source.Located());
        var (view, target) = Fit(path, file.Header.Width, file.Header.Height, tile, size, isFilled);
        using Raster raster = file.Decode((int)Math.Min(2L * view.ResizedWidth, int.MaxValue), (int)Math.Min(2L * view.ResizedHeight, int.MaxValue), DecodeOptions.Default);
        return Write(raster.Rows, raster.Height, raster.Orientation, view, target);
    }

    /// <summary>Size of the small picture, and the window on the resized photo that it is.</summary>
    private static (PixelView View, CnnInput Target) Fit(string path, int photoWidth, int photoHeight, PixelBox? tile, int size, bool isFilled)
    {
        PixelBox part = tile ?? new PixelBox(0, 0, photoWidth, photoHeight);
        int left = Math.Max(0, part.X), top = Math.Max(0, part.Y), right = Math.Min(photoWidth, part.X + part.Width), bottom = Math.Min(photoHeight, part.Y + part.Height);
        if (right <= left || bottom <= top)
            throw new CnnVisException(ErrorIds.ImageUnreadable, $"'{path}' has {photoWidth}x{photoHeight} pixels, and the tile {part} lies outside.", path);
        double across = right - left, down = bottom - top, scale = size / (isFilled ? Math.Min(across, down) : Math.Max(across, down));
        int width = isFilled ? size : Pixels(across * scale), height = isFilled ? size : Pixels(down * scale);
        int resizedWidth = Math.Max(width, Pixels(photoWidth * scale)), resizedHeight = Math.Max(height, Pixels(photoHeight * scale));
        int x = Window((left + across / 2) * scale, width, resizedWidth), y = Window((top + down / 2) * scale, height, resizedHeight);
        return (new PixelView(photoWidth, photoHeight, resizedWidth, resizedHeight, x, y), new CnnInput(3, height, width, ResizeMode.Crop, size));

        static int Pixels(double length) => (int)Math.Max(1, Math.Round(length));
        static int Window(double middle, int length, int whole) => Math.Clamp((int)Math.Round(middle - length / 2.0), 0, whole - length);
    }

    private static PixelImage Write(PixelRows source, int height, Orientation orientation, PixelView view, CnnInput target)
    {
        float[] values = ArrayPool<float>.Shared.Rent(target.Length);
        try
        {
            Preprocessor.Write(source, height, orientation, view, target, values.AsSpan(0, target.Length)); // [3, H, W] in [0, 1]
            int plane = target.Width * target.Height;
            byte[] pixels = new byte[3 * plane];
            for (int i = 0; i < plane; i++)
                for (int c = 0; c < 3; c++) pixels[3 * i + c] = (byte)(values[c * plane + i] * 255 + 0.5f);
            return new PixelImage(target.Width, target.Height, pixels);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(values);
        }
    }
}
