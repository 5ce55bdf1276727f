namespace CnnVis.Engine.Tests.Drawing;

/// <summary>Colour as the eye sees it, written from the standards and apart from the code under test: CIELAB (D65), CIE94, and dichromats after Machado et al. 2009.</summary>
internal static class Colorimetry
{
    public static readonly double[] Protanopia = [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998];
    public static readonly double[] Deuteranopia = [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881];

    public static (double L, double A, double B) Lab(Rgb color) => Lab(Linear(color));

    /// <summary>As somebody sees it whose cones are as the matrix says.</summary>
    public static (double L, double A, double B) Lab(Rgb color, double[] m)
    {
        double[] c = Linear(color);
        return Lab([.. Enumerable.Range(0, 3).Select(i => Math.Clamp(m[3 * i] * c[0] + m[3 * i + 1] * c[1] + m[3 * i + 2] * c[2], 0, 1))]);
    }

    public static double Cie94((double L, double A, double B) p, (double L, double A, double B) q)
    {
        double c1 = Math.Sqrt(p.A * p.A + p.B * p.B), c2 = Math.Sqrt(q.A * q.A + q.B * q.B), c = Math.Sqrt(c1 * c2);
        double dh2 = Math.Max(0, Math.Pow(p.A - q.A, 2) + Math.Pow(p.B - q.B, 2) - Math.Pow(c1 - c2, 2));
        return Math.Sqrt(Math.Pow(p.L - q.L, 2) + Math.Pow((c1 - c2) / (1 + 0.045 * c), 2) + dh2 / Math.Pow(1 + 0.015 * c, 2));
    }

    private static double[] Linear(Rgb color) => [.. new[] { color.R, color.G, color.B }.Select(v => v / 255.0 <= 0.04045 ? v / 255.0 / 12.92 : Math.Pow((v / 255.0 + 0.055) / 1.055, 2.4))];

    private static (double L, double A, double B) Lab(double[] c)
    {
        double x = F((0.4124564 * c[0] + 0.3575761 * c[1] + 0.1804375 * c[2]) / 0.95047);
        double y = F(0.2126729 * c[0] + 0.7151522 * c[1] + 0.0721750 * c[2]);
        double z = F((0.0193339 * c[0] + 0.1191920 * c[1] + 0.9503041 * c[2]) / 1.08883);
        return (116 * y - 16, 500 * (x - y), 200 * (y - z));

        static double F(double t) => t > 216.0 / 24389 ? Math.Cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }
}
