using System.Diagnostics;

namespace CnnVis.Benchmarks;

/// <summary>Two ways of doing one thing, timed by turns so that a noisy machine disturbs both alike.</summary>
internal static class Paired
{
    /// <returns>Median seconds of each, and the median of the ratios of neighbouring runs.</returns>
    public static (double A, double B, double Ratio) Run(int rounds, Action a, Action b)
    {
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
