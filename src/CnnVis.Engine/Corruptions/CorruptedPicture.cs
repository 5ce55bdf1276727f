namespace CnnVis.Engine.Corruptions;

/// <summary>A picture while it is corrupted: red, green and blue by themselves, row by row, of values up to 255 as the authors have them before the last step.</summary>
internal sealed class CorruptedPicture
{
    private const float Rounding = 1 / 1024f; // what should be whole may have lost a little on the way

    public CorruptedPicture(int width, int height) => (Width, Height, Planes) = (width, height, [new float[width * height], new float[width * height], new float[width * height]]);

    public int Width { get; }

    public int Height { get; }

    /// <summary>Three times [height, width], in [0, 255].</summary>
    public float[][] Planes { get; }

    public static CorruptedPicture Of(PixelImage image)
    {
        var picture = new CorruptedPicture(image.Width, image.Height);
        ReadOnlySpan<byte> pixels = image.Pixels;
        float[] r = picture.Planes[0], g = picture.Planes[1], b = picture.Planes[2];
        for (int i = 0, at = 0; i < r.Length; i++, at += 3) (r[i], g[i], b[i]) = (pixels[at], pixels[at + 1], pixels[at + 2]);
        return picture;
    }

    /// <summary>Clipped, and cut to whole numbers as the authors do.</summary>
    public PixelImage ToImage()
    {
        byte[] pixels = new byte[Width * Height * 3];
        float[] r = Planes[0], g = Planes[1], b = Planes[2];
        for (int i = 0, at = 0; i < r.Length; i++, at += 3) (pixels[at], pixels[at + 1], pixels[at + 2]) = (Cut(r[i]), Cut(g[i]), Cut(b[i]));
        return new PixelImage(Width, Height, pixels);
    }

    /// <summary>Takes another picture's values.</summary>
    public void Take(PixelImage image)
    {
        CorruptedPicture other = Of(image);
        for (int c = 0; c < 3; c++) Planes[c] = other.Planes[c];
    }

    private static byte Cut(float value) => (byte)Math.Clamp(value + Rounding, 0, 255);
}
