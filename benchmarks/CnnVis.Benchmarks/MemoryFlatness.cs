using System.Diagnostics;

namespace CnnVis.Benchmarks;

/// <summary>Peak memory of Get-CnnPrediction over 100 photos and over 10,000, the bundled network; and of Measure-CnnActivation over as many.</summary>
internal static class MemoryFlatness
{
    public static void Run(Module module)
    {
        foreach (string command in new[] { "Get-CnnPrediction", "Measure-CnnActivation" })
        {
            long few = Peak(module, command, 100), many = Peak(module, command, 10_000);
            Report.Line(new { benchmark = "memory", command, photos = new[] { 100, 10_000 }, peak_mib = new[] { few >> 20, many >> 20 }, ratio = (double)many / few, limit = 1.1 });
        }
    }

    /// <summary>Highest working set of the process so far, once the command has run.</summary>
    private static long Peak(Module module, string command, int count)
    {
        module.Run($"param($paths) $paths | {command} | ForEach-Object {{ }}", [Photos.Take(count)]);
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
