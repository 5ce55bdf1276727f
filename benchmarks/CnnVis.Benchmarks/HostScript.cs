using System.Diagnostics;

namespace CnnVis.Benchmarks;

/// <summary>A script run by the host in a process of its own, so that nothing that ran before it counts.</summary>
internal sealed class HostScript : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"cnnvis-{Guid.NewGuid():N}.ps1");

    /// <param name="text">Takes the manifest's path first.</param>
    public HostScript(string text) => File.WriteAllText(_file, text);

    /// <returns>The words that it wrote.</returns>
    public string[] Run(params string[] arguments)
    {
        string host = Path.Combine(Module.Root, "src", "CnnVis.Host", "bin", "Release", "net10.0", "pwsh.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (string argument in (string[])[host, "-NoProfile", "-File", _file, Path.Combine(Module.Root, "CnnVis.psd1"), .. arguments]) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        string[] words = process.StandardOutput.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return process.ExitCode == 0 ? words : throw new InvalidOperationException($"The script ended with {process.ExitCode}: {string.Join(' ', words)}");
    }

    public void Dispose() => File.Delete(_file);
}
