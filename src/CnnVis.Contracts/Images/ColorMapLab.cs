namespace CnnVis;

/// <summary>CIELAB under D65 (CIE 15:2004) to sRGB (IEC 61966-2-1).</summary>
internal static class ColorMapLab
{
    /// <summary>The sRGB colour of L* in [0, 100], a* and b*; where the screen has no such colour, the most saturated one of the same lightness and hue.</summary>
    public static Rgb ToRgb(double l, double a, double b)
    {
        if (!IsInGamut(Linear(l, a, b)))
        {
            double inside = 0, outside = 1;
            for (int i = 0; i < 24; i++)
            {
                double middle = (inside + outside) / 2;
                if (IsInGamut(Linear(l, a * middle, b * middle))) inside = middle;
                else outside = middle;
            }
            (a, b) = (a * inside, b * inside);
        }
        (double red, double green, double blue) = Linear(l, a, b);
        return new Rgb(Encoded(red), Encoded(green), Encoded(blue));
    }

    private static (double R, double G, double B) Linear(double l, double a, double b)
    {
        double level = (l + 16) / 116, x = 0.95047 * Cubed(level + a / 500), y = Cubed(level), z = 1.08883 * Cubed(level - b / 200);
        return (
            3.2404542 * x - 1.5371385 * y - 0.4985314 * z,
            -0.9692660 * x + 1.8760108 * y + 0.0415560 * z,
            0.0556434 * x - 0.2040259 * y + 1.0572252 * z);
    }

    /// <summary>The cube, with CIELAB's straight piece near black.</summary>
    private static double Cubed(double t) => t > 6.0 / 29 ? t * t * t : 108.0 / 841 * (t - 4.0 / 29);

    private static bool IsInGamut((double R, double G, double B) c) => Math.Min(c.R, Math.Min(c.G, c.B)) >= -1e-6 && Math.Max(c.R, Math.Max(c.G, c.B)) <= 1 + 1e-6;

    private static byte Encoded(double linear) =>
        (byte)Math.Clamp(Math.Round(255 * (linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.Pow(linear, 1 / 2.4) - 0.055)), 0, 255);
}
