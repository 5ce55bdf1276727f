using System.Diagnostics;
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
        string script = Path.Combine(Path.GetTempPath(), $"cnnvis-startup-{Environment.ProcessId}.ps1");
        File.WriteAllText(script, Script);
        try
        {
            var runs = Enumerable.Range(0, Rounds + 1).Select(_ => Once(script)).Skip(1).ToArray(); // the first fills the disk's cache
            double import = Report.Median(runs.Select(r => r.Import)), first = Report.Median(runs.Select(r => r.First));
            Report.Line(new { benchmark = "start-up", import_s = import, import_limit = 0.5, first_prediction_s = first, first_prediction_limit = 1.5 });
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static (double Import, double First) Once(string script)
    {
        string host = Path.Combine(Module.Root, "src", "CnnVis.Host", "bin", "Release", "net10.0", "CnnVis.Host.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (string argument in new[] { host, script, Path.Combine(Module.Root, "CnnVis.psd1"), Path.Combine(Module.Root, "examples", "photos", "chelsea.png") })
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        string[] words = process.StandardOutput.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return (double.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture));
    }
}
