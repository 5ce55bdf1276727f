namespace CnnVis;

/// <summary>
/// Displacements as colours: the direction is the hue, the length the chroma, from near white where nothing moves (the colour wheel of Baker et al., A Database and Evaluation Methodology for Optical Flow, IJCV 2011,
/// with hues of CIELAB, so that equal steps look equal). Right is red, down is yellow, left is green, up is blue.
/// </summary>
public static class FlowWheel
{
    private const double Lightness = 94, Darkening = 30, Chroma = 62, FirstHue = 25;

    /// <summary>The colour of a displacement.</summary>
    /// <param name="x">To the right.</param>
    /// <param name="y">Down.</param>
    /// <param name="longest">The length that has full colour; longer ones have it too. Above 0.</param>
    public static Rgb Color(double x, double y, double longest)
    {
        double length = Math.Min(1, Math.Sqrt(x * x + y * y) / longest), angle = Math.Atan2(y, x) + FirstHue * Math.PI / 180;
        return ColorMapLab.ToRgb(Lightness - Darkening * length, Chroma * length * Math.Cos(angle), Chroma * length * Math.Sin(angle));
    }

    /// <summary>A field as colours, a block a unit, at its place in the picture: a pixel takes the unit whose centre is nearest.</summary>
    /// <param name="field">The field.</param>
    /// <param name="longest">The length that has full colour.</param>
    /// <param name="width">Columns of the network's input.</param>
    /// <param name="height">Rows of it.</param>
    /// <param name="times">Pixels a side for each of the input's.</param>
    public static PixelImage Paint(DisplacementField field, double longest, int width, int height, int times)
    {
        byte[] pixels = new byte[width * times * height * times * 3];
        Rgb[] colors = [.. Enumerable.Range(0, field.Grid.Count).Select(i => Color(field.X[i], field.Y[i], longest))];
        for (int y = 0, at = 0; y < height * times; y++)
            for (int x = 0; x < width * times; x++, at += 3)
            {
                Rgb color = colors[field.Grid.Nearest((x + 0.5) / times, (y + 0.5) / times)];
                (pixels[at], pixels[at + 1], pixels[at + 2]) = (color.R, color.G, color.B);
            }
        return new PixelImage(width * times, height * times, pixels);
    }

    /// <summary>The wheel itself: each direction's colour from the middle, which stands still, to the rim, which is the longest displacement.</summary>
    /// <param name="side">Pixels a side.</param>
    /// <param name="around">The colour beyond the rim; null for white.</param>
    public static PixelImage Wheel(int side, Rgb? around = null)
    {
        Rgb paper = around ?? Rgb.White;
        byte[] pixels = new byte[side * side * 3];
        double middle = side / 2.0, radius = middle - 2;
        for (int y = 0, at = 0; y < side; y++)
            for (int x = 0; x < side; x++, at += 3)
            {
                double dx = (x + 0.5 - middle) / radius, dy = (y + 0.5 - middle) / radius, cover = Math.Clamp((1 - Math.Sqrt(dx * dx + dy * dy)) * radius + 0.5, 0, 1);
                Rgb color = Color(dx, dy, 1);
                (pixels[at], pixels[at + 1], pixels[at + 2]) = (Mixed(paper.R, color.R), Mixed(paper.G, color.G), Mixed(paper.B, color.B));

                byte Mixed(byte below, byte above) => (byte)(below + cover * (above - below) + 0.5);
            }
        return new PixelImage(side, side, pixels);
    }
}
