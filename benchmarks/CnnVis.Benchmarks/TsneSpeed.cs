using System.Diagnostics;
using System.Runtime.InteropServices;
using CnnVis.Engine.Embedding;
using CnnVis.Engine.Embedding.Neighbors;

namespace CnnVis.Benchmarks;

/// <summary>
/// t-SNE as a whole and by stage, with the defaults of ConvertTo-Tsne, for points of 50 numbers: those of a file (float32, row by row; see shared/prototypes/tsne_data.py) named by
/// CNNVIS_TSNE_DATA, where the map is written beside it, or synthetic clusters.
/// </summary>
internal static class TsneSpeed
{
    private const int Dimension = 50, Clusters = 40;

    /// <summary>Numbers of synthetic points, as <c>tsne-number</c>; <c>tsne</c> takes the file, or 10,000.</summary>
    public static string[] Names { get; } = ["tsne", "tsne-1000", "tsne-10000", "tsne-70000", "tsne-200000", "tsne-500000"];

    public static void Run(string[] chosen)
    {
        foreach (string name in Names.Intersect(chosen))
        {
            string? file = Environment.GetEnvironmentVariable("CNNVIS_TSNE_DATA");
            if (name == "tsne" && file is not null) Measure(file, FromFile(file));
            else Measure(null, Synthetic(name == "tsne" ? 10_000 : int.Parse(name["tsne-".Length..], System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    private static void Measure(string? file, PointMatrix points)
    {
        var clock = Stopwatch.StartNew();
        PointMatrix reduced = PrincipalComponents.Project(points, Dimension);
        double components = clock.Elapsed.TotalSeconds;
        long first = 0, last = 0;
        int firstStep = 0, lastStep = 0;
        clock.Restart();
        TsneEmbedding map = Tsne.Embed(points, new TsneOptions(), p =>
        {
            if (first == 0) (first, firstStep) = (clock.ElapsedTicks, p.Iteration);
            (last, lastStep) = (clock.ElapsedTicks, p.Iteration);
        });
        double total = clock.Elapsed.TotalSeconds, step = (double)(last - first) / Stopwatch.Frequency / (lastStep - firstStep);
        clock.Restart();
        int k = Math.Min(90, points.Count - 1);
        NeighborTable neighbors = map.NeighborRecall is null ? ExactNeighbors.Find(reduced, k) : ApproximateNeighbors.Find(reduced, k);
        double search = clock.Elapsed.TotalSeconds;
        clock.Restart();
        _ = Symmetrization.Join(neighbors, Perplexity.Rows(neighbors, 30));
        double affinities = clock.Elapsed.TotalSeconds;
        Report.Line(new
        {
            benchmark = "tsne",
            data = file is null ? "synthetic" : Path.GetFileName(file),
            points = points.Count,
            total_s = total,
            components_s = components,
            neighbors_s = search,
            recall = map.NeighborRecall,
            affinities_s = affinities,
            first_s = (double)first / Stopwatch.Frequency,
            step_ms = 1000 * step,
            microseconds_a_point = 1e6 * total / points.Count,
            divergence = map.Divergence,
            peak_mib = Process.GetCurrentProcess().PeakWorkingSet64 >> 20,
        });
        if (file is not null) File.WriteAllBytes(file + ".map", MemoryMarshal.AsBytes<float>(map.Positions));
    }

    private static PointMatrix FromFile(string file)
    {
        float[] values = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(file)).ToArray();
        return new PointMatrix(values, values.Length / Dimension, Dimension);
    }

    private static PointMatrix Synthetic(int count)
    {
        var random = new Random(1);
        float[] centers = [.. Enumerable.Range(0, Clusters * Dimension).Select(_ => 3 * Normal())], values = new float[count * Dimension];
        for (int i = 0; i < values.Length; i++) values[i] = centers[i / Dimension % Clusters * Dimension + i % Dimension] + Normal();
        return new PointMatrix(values, count, Dimension);

        float Normal() => MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(2 * MathF.PI * random.NextSingle());
    }
}
