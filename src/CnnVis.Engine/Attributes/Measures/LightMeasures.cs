namespace CnnVis.Engine.Attributes.Measures;

/// <summary>Brightness of a picture.</summary>
/// <param name="Brightness">Mean luma, in [0, 1].</param>
/// <param name="Contrast">Its standard deviation.</param>
/// <param name="Entropy">Of its histogram of 256 bins, in bits.</param>
internal sealed record LightMeasures(double Brightness, double Contrast, double Entropy)
{
    public static LightMeasures Of(LumaPlane luma)
    {
        double sum = 0, squares = 0;
        long[] histogram = new long[256];
        foreach (float value in luma.Values)
        {
            sum += value;
            squares += (double)value * value;
            histogram[(int)Math.Clamp(value + 0.5f, 0, 255)]++;
        }
        double count = luma.Values.Length, mean = sum / count;
        double entropy = histogram.Where(h => h > 0).Sum(h => -h / count * Math.Log2(h / count));
        return new LightMeasures(mean / 255, Math.Sqrt(Math.Max(0, squares / count - mean * mean)) / 255, Math.Max(0, entropy));
    }
}
