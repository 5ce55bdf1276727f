using System.Text.Json;

namespace CnnVis.Benchmarks;

/// <summary>One JSON line a result, so that runs can be collected and compared.</summary>
internal static class Report
{
    public static void Line(object result) => Console.WriteLine(JsonSerializer.Serialize(result));

    /// <summary>The middle one.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
