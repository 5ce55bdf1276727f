namespace CnnVis;

public sealed partial class ColorMap
{
    /// <summary>
    /// Values as colours. What lies outside the range takes the nearer end; NaN takes the low end. Where the range is empty
    /// (<paramref name="high"/> is not above <paramref name="low"/>) there is nothing to tell apart: everything takes the colour
    /// of zero, which is the centre of a diverging map and the low end of any other.
    /// </summary>
    /// <param name="values">[height, width], row by row.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="low">Value of the first colour.</param>
    /// <param name="high">Value of the last colour.</param>
    /// <exception cref="ArgumentException"><paramref name="values"/> has another length than width × height.</exception>
    public PixelImage Paint(ReadOnlySpan<float> values, int width, int height, double low, double high)
    {
        if (values.Length != (long)width * height) throw new ArgumentException($"A {width}x{height} map needs {(long)width * height} values, not {values.Length}.", nameof(values));
        byte[] pixels = new byte[checked(values.Length * 3)];
        double factor = high > low ? 1 / (high - low) : 0;
        double offset = high > low ? -low * factor : IsDiverging ? 0.5 : 0;
        for (int i = 0; i < values.Length; i++)
        {
            Rgb color = this[factor == 0 ? offset : values[i] * factor + offset];
            (pixels[i * 3], pixels[i * 3 + 1], pixels[i * 3 + 2]) = (color.R, color.G, color.B);
        }
        return new PixelImage(width, height, pixels);
    }
}
