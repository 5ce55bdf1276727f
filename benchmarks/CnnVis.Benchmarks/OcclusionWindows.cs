using System.Diagnostics;
using CnnVis.Engine.Attribution.Occlusion;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Benchmarks;

/// <summary>
/// Incremental occlusion against plain recomputation over windows from 8 to 96 pixels, by the clock and by the processor's time, and the smallest ratio of all: it is never to be slower. A
/// recomputed position costs the same everywhere, so that the plain way is timed over few of them, both ways by turns.
/// </summary>
internal static class OcclusionWindows
{
    private const int BatchSize = 16;
    private static readonly string[] _networks = ["alexnet", "vgg16", "resnet18", "densenet121", "resnet224"];
    private static readonly (int Window, int Stride)[] _windows = [(8, 8), (16, 8), (16, 16), (32, 16), (64, 32), (96, 48)];

    /// <summary>All networks, as <c>occlusion-windows</c>, or one as <c>occlusion-windows-name</c>.</summary>
    public static string[] Names { get; } = ["occlusion-windows", .. _networks.Select(n => "occlusion-windows-" + n)];

    public static void Run(string[] chosen)
    {
        var ratios = new List<(double Ratio, string Network, int Window)>();
        foreach (string name in _networks.Where(n => chosen.Contains("occlusion-windows") || chosen.Contains("occlusion-windows-" + n)))
        {
            Network network = OcclusionSpeed.Make(name);
            foreach (var (window, stride) in _windows) ratios.Add((Measure(name, network, window, stride), name, window));
        }
        if (ratios.Count == 0) return;
        var (smallest, whose, size) = ratios.Min();
        Report.Line(new { benchmark = "occlusion-windows", smallest_ratio = smallest, network = whose, window = size });
    }

    private static double Measure(string name, Network network, int window, int stride)
    {
        OcclusionOptions options = new() { WindowSize = [window], Stride = [stride], BatchSize = name == "alexnet" ? 4 * BatchSize : BatchSize };
        using Tensor picture = rand(1, 3, network.InputHeight, network.InputWidth, generator: new Generator(1));
        using var incremental = new Occluder(network, options);
        using var full = OcclusionSpeed.Plain(network, options);
        double scale = (double)incremental.Grid.Count / full.Grid.Count;
        Time(incremental);
        Time(full);
        int rounds = name == "alexnet" ? 3 : 2;
        (double Clock, double Processor)[] ours = new (double, double)[rounds], plain = new (double, double)[rounds];
        for (int i = 0; i < rounds; i++) (ours[i], plain[i]) = (Time(incremental), Time(full));
        double seconds = Report.Median(ours.Select(t => t.Clock)), fullSeconds = scale * Report.Median(plain.Select(t => t.Clock));
        double processor = ours.Min(t => t.Processor), fullProcessor = scale * plain.Min(t => t.Processor);
        Report.Line(new
        {
            benchmark = "occlusion-windows",
            network = name,
            window,
            stride,
            positions = incremental.Grid.Count,
            incremental_s = seconds,
            full_s = fullSeconds,
            speedup = fullSeconds / seconds,
            incremental_cpu_s = processor,
            full_cpu_s = fullProcessor,
            speedup_cpu = fullProcessor / processor,
            share_of_full = incremental.MultiplyAdds / (full.MultiplyAdds * scale),
        });
        return fullSeconds / seconds;

        (double, double) Time(Occluder occluder)
        {
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            long start = Stopwatch.GetTimestamp();
            occluder.Occlude(new ImageSource(""), picture, OcclusionSpeed.Photo, null, CancellationToken.None);
            return (Stopwatch.GetElapsedTime(start).TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
        }
    }
}
