using System.Diagnostics;
using CnnVis.Engine.Corruptions;

namespace CnnVis.Benchmarks;

/// <summary>All 75 corrupted variants of a picture of 224 × 224 pixels, fifteen corruptions in five severities, on one core.</summary>
internal static class CorruptionSpeed
{
    private const int Rounds = 9;

    public static void Run()
    {
        byte[] pixels = new byte[224 * 224 * 3];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)(128 + 90 * Math.Sin(i / 700.0) + i % 3 * 20);
        var image = new PixelImage(224, 224, pixels);
        var each = CorruptionMethods.Everything.ToDictionary(c => c.Name, _ => new List<double>());
        List<double> all = [];
        for (int round = -2; round < Rounds; round++) // the first two make panes of ice, and compiled code
        {
            double sum = 0;
            foreach (ICorruption corruption in CorruptionMethods.Everything)
            {
                long start = Stopwatch.GetTimestamp();
                for (int severity = 1; severity <= 5; severity++) Corruptor.Apply(image, corruption, severity, round + 2);
                double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                if (round >= 0) each[corruption.Name].Add(seconds);
                if (corruption.Family != "Extra") sum += seconds;
            }
            if (round >= 0) all.Add(sum);
        }
        foreach (var (name, seconds) in each) Report.Line(new { benchmark = "corruption-speed", corruption = name, five_severities_s = Report.Median(seconds) });
        Report.Line(new { benchmark = "corruption-speed", variants = 75, seconds = Report.Median(all), fastest = all.Min(), limit = 0.5 });
    }
}
