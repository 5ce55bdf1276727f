using System.Diagnostics;
using CnnVis.Engine.Codes.Files;
using CnnVis.Engine.Embedding;
using CnnVis.Engine.Embedding.Neighbors;

namespace CnnVis.Benchmarks;

/// <summary>
/// Exact and approximate search for 90 neighbours side by side, on growing parts of the codes of a file that CNNVIS_CODES names (as Export-CnnCode writes it), evenly drawn and brought to 50 components as ConvertTo-Tsne does:
/// seconds of both, and the approximate one's recall.
/// </summary>
internal static class NeighborSearch
{
    private const int Neighbors = 90, Components = 50;

    public static void Run()
    {
        if (Environment.GetEnvironmentVariable("CNNVIS_CODES") is not { } file)
        {
            Report.Line(new { benchmark = "neighbor-search", skipped = "CNNVIS_CODES names no file of codes" });
            return;
        }
        CnnCode[] codes = [.. CodeFile.Read(file)];
        PointMatrix all = PrincipalComponents.Project(TsneMapping.Matrix(codes), Components);
        foreach (int parts in new[] { 8, 4, 2, 1 })
        {
            int[] rows = [.. Enumerable.Range(0, all.Count / parts).Select(i => i * parts)];
            var points = new PointMatrix([.. rows.SelectMany(i => all.Row(i).ToArray())], rows.Length, all.Dimension);
            var clock = Stopwatch.StartNew();
            _ = ExactNeighbors.Find(points, Neighbors);
            double exact = clock.Elapsed.TotalSeconds;
            clock.Restart();
            NeighborTable found = ApproximateNeighbors.Find(points, Neighbors);
            double approximate = clock.Elapsed.TotalSeconds;
            Report.Line(new { benchmark = "neighbor-search", codes = points.Count, exact_s = exact, approximate_s = approximate, recall = ApproximateNeighbors.Recall(points, found) });
        }
    }
}
