using CnnVis.Engine.Images;

namespace CnnVis.Engine.Attributes;

/// <summary>Brightness of pixels by themselves: luma (Rec. 601) of values up to 255, row by row.</summary>
internal sealed class LumaPlane
{
    private LumaPlane(int width, int height, float[] values) => (Width, Height, Values) = (width, height, values);

    public int Width { get; }

    public int Height { get; }

    /// <summary>[height, width], in [0, 255].</summary>
    public float[] Values { get; }

    public static LumaPlane Of(PixelImage image)
    {
        float[] values = new float[image.Width * image.Height];
        ReadOnlySpan<byte> pixels = image.Pixels;
        for (int i = 0; i < values.Length; i++) values[i] = (299 * pixels[3 * i] + 587 * pixels[3 * i + 1] + 114 * pixels[3 * i + 2]) / 1000f;
        return new LumaPlane(image.Width, image.Height, values);
    }

    /// <summary>The picture brought to a size, as networks' pictures are.</summary>
    public static LumaPlane Of(PixelImage image, int width, int height)
    {
        float[] values = new float[width * height];
        Preprocessor.Prepare(image, new CnnInput(1, height, width, ResizeMode.Stretch, height), values);
        for (int i = 0; i < values.Length; i++) values[i] *= 255;
        return new LumaPlane(width, height, values);
    }
}
