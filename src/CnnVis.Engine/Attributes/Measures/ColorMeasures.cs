namespace CnnVis.Engine.Attributes.Measures;

/// <summary>Colours of a picture, in one pass over its pixels.</summary>
/// <param name="Saturation">Mean saturation (HSV).</param>
/// <param name="Colorfulness">Hasler and Süsstrunk's M.</param>
/// <param name="Hue">Of the mean colour, in degrees; null where there is none.</param>
/// <param name="IsGray">Whether hardly a pixel has a colour.</param>
internal sealed record ColorMeasures(double Saturation, double Colorfulness, double? Hue, bool IsGray)
{
    private const int LeastColor = 16;
    private const double ColoredShare = 0.01;

    public static ColorMeasures Of(PixelImage image)
    {
        ReadOnlySpan<byte> pixels = image.Pixels;
        double count = image.Width * (double)image.Height, saturation = 0, x = 0, y = 0;
        double redGreen = 0, redGreenSquares = 0, yellowBlue = 0, yellowBlueSquares = 0;
        long colored = 0;
        for (int i = 0; i < pixels.Length; i += 3)
        {
            int r = pixels[i], g = pixels[i + 1], b = pixels[i + 2], most = Math.Max(r, Math.Max(g, b)), least = Math.Min(r, Math.Min(g, b));
            if (most > 0) saturation += (double)(most - least) / most;
            if (most - least >= LeastColor) colored++;
            int rg = r - g;
            double yb = (r + g) / 2.0 - b;
            (redGreen, redGreenSquares, yellowBlue, yellowBlueSquares) = (redGreen + rg, redGreenSquares + rg * rg, yellowBlue + yb, yellowBlueSquares + yb * yb);
            // The hexagon's projection: its angle is the hue, its length saturation × value.
            x += r - (g + b) / 2.0;
            y += Math.Sqrt(3) / 2 * (g - b);
        }
        double meanRedGreen = redGreen / count, meanYellowBlue = yellowBlue / count;
        double spread = Math.Sqrt(Math.Max(0, redGreenSquares / count - meanRedGreen * meanRedGreen) + Math.Max(0, yellowBlueSquares / count - meanYellowBlue * meanYellowBlue));
        double colorfulness = spread + 0.3 * Math.Sqrt(meanRedGreen * meanRedGreen + meanYellowBlue * meanYellowBlue);
        double length = Math.Sqrt(x * x + y * y) / count;
        return new ColorMeasures(saturation / count, colorfulness, length < 0.5 ? null : (Math.Atan2(y, x) * 180 / Math.PI + 360) % 360, colored <= ColoredShare * count);
    }
}
