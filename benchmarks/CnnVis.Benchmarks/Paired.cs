using System.Diagnostics;

namespace CnnVis.Benchmarks;

/// <summary>Two ways of doing one thing, timed by turns so that a noisy machine disturbs both alike.</summary>
internal static class Paired
{
    /// <summary>Rounds at most: fewer where somebody repeats the whole (CNNVIS_BENCHMARK_ROUNDS).</summary>
    public static int Most { get; } = int.TryParse(Environment.GetEnvironmentVariable("CNNVIS_BENCHMARK_ROUNDS"), out int most) ? Math.Max(1, most) : int.MaxValue;

    /// <returns>Median seconds of each, and the median of the ratios of neighbouring runs.</returns>
    public static (double A, double B, double Ratio) Run(int rounds, Action a, Action b)
    {
        rounds = Math.Min(rounds, Most);
        a();
        b();
        double[] timesA = new double[rounds], timesB = new double[rounds];
        for (int i = 0; i < rounds; i++)
        {
            // Who goes first changes, so that neither always finds the other's caches.
            if (i % 2 == 0) { timesA[i] = Seconds(a); timesB[i] = Seconds(b); }
            else { timesB[i] = Seconds(b); timesA[i] = Seconds(a); }
        }
        return (Report.Median(timesA), Report.Median(timesB), Report.Median(timesA.Zip(timesB, (x, y) => x / y)));
    }

    private static double Seconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
