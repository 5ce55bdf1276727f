namespace CnnVis;

/// <summary>
/// Makes perceptually uniform ramps. Lightness L* runs in equal steps; chroma and hue follow a smooth curve, walked at constant speed
/// in the chromatic part of the CIE94 difference (CIE 116-1995). Every step of a ramp is therefore equally large in CIE94,
/// ΔE² = ΔL*² + (ΔC/(1 + 0.045 C))² + (ΔH/(1 + 0.015 C))².
/// </summary>
internal static class ColorMapRamp
{
    private const int Steps = 256, StepsBetweenKnots = 256;

    /// <summary>256 colours from lightness <paramref name="low"/> to <paramref name="high"/>, in [0, 100], over the given chromas and hues in degrees.</summary>
    public static Rgb[] Sequential(double low, double high, (double Chroma, double Hue)[] knots) => Ramp(low, high, knots, Steps);

    /// <summary>257 colours, mirrored in lightness about the middle one: two arms that run from lightness <paramref name="center"/> to <paramref name="end"/>.</summary>
    public static Rgb[] Diverging(double center, double end, (double Chroma, double Hue)[] negative, (double Chroma, double Hue)[] positive) =>
        [.. Ramp(center, end, negative, Steps / 2 + 1).Reverse(), .. Ramp(center, end, positive, Steps / 2 + 1).Skip(1)];

    private static Rgb[] Ramp(double low, double high, (double Chroma, double Hue)[] knots, int count)
    {
        (double A, double B)[] curve = Curve([.. knots.Select(k => (k.Chroma * Math.Cos(k.Hue * Math.PI / 180), k.Chroma * Math.Sin(k.Hue * Math.PI / 180)))]);
        double[] length = new double[curve.Length];
        for (int i = 1; i < curve.Length; i++) length[i] = length[i - 1] + ChromaticDifference(curve[i - 1], curve[i]);

        Rgb[] colors = new Rgb[count];
        for (int i = 0, at = 1; i < count; i++)
        {
            double t = i / (count - 1.0), target = t * length[^1];
            while (at < curve.Length - 1 && length[at] < target) at++;
            double part = (target - length[at - 1]) / (length[at] - length[at - 1]);
            colors[i] = ColorMapLab.ToRgb(low + t * (high - low), Between(curve[at - 1].A, curve[at].A, part), Between(curve[at - 1].B, curve[at].B, part));
        }
        return colors;
    }

    /// <summary>A Catmull-Rom spline through the knots; the ends are continued in a straight line.</summary>
    private static (double A, double B)[] Curve((double A, double B)[] knots)
    {
        (double A, double B)[] k = [(2 * knots[0].A - knots[1].A, 2 * knots[0].B - knots[1].B), .. knots, (2 * knots[^1].A - knots[^2].A, 2 * knots[^1].B - knots[^2].B)];
        var points = new (double A, double B)[(knots.Length - 1) * StepsBetweenKnots + 1];
        for (int i = 0; i < points.Length - 1; i++)
        {
            int at = i / StepsBetweenKnots;
            double t = i % StepsBetweenKnots / (double)StepsBetweenKnots;
            points[i] = (Spline(k[at].A, k[at + 1].A, k[at + 2].A, k[at + 3].A, t), Spline(k[at].B, k[at + 1].B, k[at + 2].B, k[at + 3].B, t));
        }
        points[^1] = knots[^1];
        return points;
    }

    /// <summary>Catmull-Rom between two knots, <paramref name="t"/> in [0, 1].</summary>
    internal static double Spline(double before, double from, double to, double after, double t) =>
        0.5 * (2 * from + t * (to - before + t * (2 * before - 5 * from + 4 * to - after + t * (3 * from - before - 3 * to + after))));

    private static double ChromaticDifference((double A, double B) p, (double A, double B) q)
    {
        double c1 = Math.Sqrt(p.A * p.A + p.B * p.B), c2 = Math.Sqrt(q.A * q.A + q.B * q.B), chroma = Math.Sqrt(c1 * c2), step = c1 - c2;
        double hueSquared = Math.Max(0, (p.A - q.A) * (p.A - q.A) + (p.B - q.B) * (p.B - q.B) - step * step);
        double radial = step / (1 + 0.045 * chroma), around = 1 + 0.015 * chroma;
        return Math.Sqrt(radial * radial + hueSquared / (around * around));
    }

    private static double Between(double from, double to, double t) => from + t * (to - from);
}
