namespace CnnVis;

/// <summary>
/// Diverging maps of Moreland (2009, "Diverging Color Maps for Scientific Visualization"): straight lines in Msh, the polar form of CIELAB, where M = |(L*, a*, b*)|, s is the
/// angle from the L* axis and h the hue. Two saturated colours meet in a grey of M = 88; towards it the hue is turned by as much as keeps the rate of change even (equation 2).
/// </summary>
internal static class ColorMapMsh
{
    private const int Steps = 257;
    private const double Middle = 88;

    /// <summary>From blue, Msh (80, 1.08, −1.1), to red, Msh (80, 1.08, 0.5).</summary>
    public static Rgb[] Coolwarm => [.. Enumerable.Range(0, Steps).Select(i => Color(2.0 * i / (Steps - 1) - 1))];

    /// <param name="value">In [−1, 1].</param>
    private static Rgb Color(double value)
    {
        const double M = 80, S = 1.08;
        double hue = value < 0 ? -1.1 : 0.5, part = Math.Abs(value);
        double spin = S * Math.Sqrt(Middle * Middle - M * M) / (M * Math.Sin(S)), turned = hue > -Math.PI / 3 ? hue + spin : hue - spin;
        double m = Middle + part * (M - Middle), s = part * S, h = turned + part * (hue - turned);
        return ColorMapLab.ToRgb(m * Math.Cos(s), m * Math.Sin(s) * Math.Cos(h), m * Math.Sin(s) * Math.Sin(h));
    }
}
