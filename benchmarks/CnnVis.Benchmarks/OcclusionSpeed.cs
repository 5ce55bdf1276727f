using CnnVis.Engine.Attribution.Occlusion;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Catalog;
using static TorchSharp.torch;

namespace CnnVis.Benchmarks;

/// <summary>
/// Incremental occlusion against the same engine's plain recomputation of every position, channels last: the operations that remain, and the share of
/// the machine's rate at which they run. A recomputed position costs the same everywhere, so that the plain way is timed over fewer of them.
/// </summary>
internal static class OcclusionSpeed
{
    /// <summary>Made when asked for: the names are needed before the module has brought its contracts.</summary>
    public static PixelImage Photo => new(1, 1, [0, 0, 0]);

    /// <summary>The networks, as <c>occlusion-name</c>.</summary>
    public static string[] Names { get; } = ["occlusion-alexnet", "occlusion-vgg16", "occlusion-resnet18", "occlusion-squeezenet1_1", "occlusion-densenet121", "occlusion-resnet224", "occlusion-bundled"];

    public static void Run(string[] chosen)
    {
        foreach (string name in Names.Intersect(chosen)) Measure(name["occlusion-".Length..]);
    }

    /// <summary>A network with random weights, or one of the bundled.</summary>
    public static Network Make(string name) => name switch
    {
        "alexnet" => Classics.AsNetwork(Classics.AlexNet()),
        "vgg16" => Classics.AsNetwork(Classics.Vgg16()),
        "bundled" => ModelCatalog.Get("alexnet64"),
        "resnet224" => ModelCatalog.Get(name),
        _ => Network.Create(name, "benchmark", NetworkCatalog.Find(name)!.Describe().Build(new RandomParameters(1)), new Dictionary<string, string>(), new ImportOptions()),
    };

    private static void Measure(string name)
    {
        Network network = Make(name);
        OcclusionOptions options = new() { WindowSize = [16], Stride = [name == "bundled" ? 2 : 8], BatchSize = name == "alexnet" ? 64 : 16 };
        using Tensor picture = rand(1, 3, network.InputHeight, network.InputWidth, generator: new Generator(1));
        using var incremental = new Occluder(network, options);
        using var full = Plain(network, options);
        double scale = (double)incremental.Grid.Count / full.Grid.Count, machine = MachineRate();
        var (seconds, fullSeconds, ratio) = Paired.Run(name is "vgg16" or "densenet121" ? 2 : 5, () => Occlude(incremental), () => Occlude(full));
        Report.Line(new
        {
            benchmark = "occlusion",
            network = name,
            window = 16,
            stride = options.Stride![0],
            positions = incremental.Grid.Count,
            incremental_s = seconds,
            full_s = fullSeconds * scale,
            speedup = scale / ratio,
            operations = 2 * incremental.MultiplyAdds,
            share_of_full = incremental.MultiplyAdds / (full.MultiplyAdds * scale),
            rate = 2 * incremental.MultiplyAdds / seconds,
            full_rate = 2 * full.MultiplyAdds / fullSeconds,
            machine_rate = machine,
        });

        void Occlude(Occluder occluder) => occluder.Occlude(new ImageSource(""), picture, Photo, null, CancellationToken.None);
    }

    /// <summary>Plain recomputation of few positions, which fill whole batches and cost what all others do.</summary>
    public static Occluder Plain(Network network, OcclusionOptions options) =>
        new(network, options with { RecomputeAll = true, WindowSize = [network.InputHeight / 2], Stride = [network.InputHeight / 14] });

    /// <summary>Operations a second in a large product.</summary>
    private static double MachineRate()
    {
        using var scope = NewDisposeScope();
        Tensor a = rand(2048, 2048), b = rand(2048, 2048);
        double seconds = Enumerable.Range(0, 5).Min(_ =>
        {
            long start = System.Diagnostics.Stopwatch.GetTimestamp();
            a.matmul(b).Dispose();
            return System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
        });
        return 2 * Math.Pow(2048, 3) / seconds;
    }
}
