using System.Globalization;

namespace CnnVis.Benchmarks;

/// <summary>Peak memory of a fresh process that streams 100 full-size photos, and of one that streams 10,000.</summary>
internal static class MemoryFlatness
{
    private const int Few = 100, Many = 10_000;

    private const string Script = """
        param($module, $folder, $command, $count)
        Import-Module $module
        $photos = [IO.Directory]::GetFiles($folder) | Where-Object { $_ -match '\.(jpe?g|png)$' }
        & { for ($i = 0; $i -lt $count; $i++) { $photos[$i % $photos.Count] } } | & $command | ForEach-Object { }
        [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64
        """;

    public static void Run()
    {
        using var script = new HostScript(Script);
        foreach (string command in new[] { "Get-CnnPrediction", "Measure-CnnActivation", "Get-SaliencyMap", "Find-MaxActivatingImage" })
        {
            long few = Peak(Few), many = Peak(Many);
            Report.Line(new { benchmark = "memory", command, photos = new[] { Few, Many }, peak_mib = new[] { few >> 20, many >> 20 }, ratio = (double)many / few });

            long Peak(int count) => long.Parse(script.Run(Photos.Folder, command, count.ToString(CultureInfo.InvariantCulture))[^1], CultureInfo.InvariantCulture);
        }
    }
}
