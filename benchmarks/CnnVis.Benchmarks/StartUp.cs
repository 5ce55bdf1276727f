using System.Globalization;

namespace CnnVis.Benchmarks;

/// <summary>Seconds that importing the module takes in a fresh PowerShell, and the first prediction of the bundled network after it.</summary>
internal static class StartUp
{
    private const int Rounds = 7;

    // The clock runs inside, so that the start of the process is not counted.
    private const string Script = """
        param($module, $photo)
        $clock = [Diagnostics.Stopwatch]::StartNew()
        Import-Module $module
        $import = $clock.Elapsed.TotalSeconds
        $null = Get-CnnPrediction -LiteralPath $photo
        "$import $($clock.Elapsed.TotalSeconds - $import)"
        """;

    public static void Run()
    {
        using var script = new HostScript(Script);
        string photo = Path.Combine(Module.Root, "examples", "photos", "chelsea.png");
        // The first run fills the disk's cache.
        double[][] runs = [.. Enumerable.Range(0, Rounds + 1).Select(_ => script.Run(photo).Select(w => double.Parse(w, CultureInfo.InvariantCulture)).ToArray()).Skip(1)];
        Report.Line(new
        {
            benchmark = "start-up",
            import_s = Report.Median(runs.Select(r => r[0])),
            import_limit = 0.5,
            first_prediction_s = Report.Median(runs.Select(r => r[1])),
            first_prediction_limit = 1.5,
        });
    }
}
