using System.Globalization;

namespace CnnVis.Benchmarks;

/// <summary>Peak memory of a fresh process that streams a few pictures, and of one that streams many: full-size photos again and again, to be looked at, attacked, or made again from their codes, and the training pictures of ../shared out of their tar files.</summary>
internal static class MemoryFlatness
{
    private static readonly string _tiny = Path.Combine(Module.Root, "..", "shared", "data", "tiny-imagenet-100");

    // What a command writes lies in a folder of its own, $out.
    private const string PhotoScript = """
        param($module, $folder, $command, $count)
        Import-Module $module
        $photos = [IO.Directory]::GetFiles($folder) | Where-Object { $_ -match '\.(jpe?g|png)$' }
        $out = [IO.Directory]::CreateTempSubdirectory('cnnvis-').FullName
        $stream = [scriptblock]::Create('param($source, $out) & $source | ' + $command)
        & $stream { for ($i = 0; $i -lt $count; $i++) { $photos[$i % $photos.Count] } } $out | ForEach-Object { }
        [IO.Directory]::Delete($out, $true)
        [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64
        """;

    // The entries' names are listed in both cases, so that only the pictures differ.
    private const string TarScript = """
        param($module, $folder, $command, $count)
        Import-Module $module
        $names = [Collections.Generic.List[string]]::new()
        foreach ($tar in [IO.Directory]::GetFiles($folder, 'train-*.tar')) {
            $reader = [System.Formats.Tar.TarReader]::new([IO.File]::OpenRead($tar))
            while ($entry = $reader.GetNextEntry()) { if ($entry.Name -match '\.JPEG$') { $names.Add("$tar/$($entry.Name)") } }
            $reader.Dispose()
        }
        & { for ($i = 0; $i -lt $count; $i++) { $names[$i % $names.Count] } } | & $command | ForEach-Object { }
        [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64
        """;

    public static void Run()
    {
        foreach (string command in new[] { "Get-CnnPrediction", "Measure-CnnActivation", "Get-SaliencyMap", "Find-MaxActivatingImage" })
            Measure(PhotoScript, Photos.Folder, command, 100, 10_000);
        foreach (string attack in new[] { "Fgsm", "Pgd -Steps 5 -AllSteps" })
            Measure(PhotoScript, Photos.Folder, $"New-AdversarialExample -OutputPath \"$out/{{Index}}.png\" -Method {attack}", 100, 1000);
        foreach (string method in new[] { "Adam", "Lbfgs" })
            Measure(PhotoScript, Photos.Folder, $"ConvertFrom-CnnCode -Layer conv1, relu4, fc7 -Steps 3 -Method {method}", 100, 1000);
        if (!Directory.Exists(_tiny)) return;
        foreach (string command in new[] { "Get-CnnCode", "Find-MaxActivatingImage" })
            Measure(TarScript, _tiny, command, 1_000, 50_000);
    }

    private static void Measure(string text, string source, string command, int few, int many)
    {
        using var script = new HostScript(text);
        long least = Peak(few), most = Peak(many);
        Report.Line(new { benchmark = "memory", command, source = Path.GetFileName(source), pictures = new[] { few, many }, peak_mib = new[] { least >> 20, most >> 20 }, ratio = (double)most / least });

        long Peak(int count) => long.Parse(script.Run(source, command, count.ToString(CultureInfo.InvariantCulture))[^1], CultureInfo.InvariantCulture);
    }
}
