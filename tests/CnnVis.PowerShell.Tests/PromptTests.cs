using System.Diagnostics;

namespace CnnVis.PowerShell.Tests;

/// <summary>The host at a terminal, where tmux types and reads.</summary>
public sealed class PromptTests : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(1);

    private static readonly bool _hasTmux = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "tmux")));

    private readonly TempFolder _home = new();
    private readonly string _server = $"cnnvis-{Guid.NewGuid():N}";

    [SkippableFact]
    public void PromptCompletesRemembersAndTakesSeveralLines()
    {
        Skip.IfNot(_hasTmux, "There is no tmux.");
        Tmux("new-session", "-d", "-x", "160", "-y", "40", "-c", Repository.Root, $"XDG_DATA_HOME='{_home.Root}' dotnet '{HostProcess.Program}' -NoLogo");
        Tmux("set-option", "-g", "remain-on-exit", "on");
        Wait("PS ");
        Type("Get-CnnMo", "Tab");
        Wait("> Get-CnnModel");
        Type(" alexnet64 | ForEach-Object ParameterCount", "Enter");
        Wait("2510948");
        Type("foreach ($i in 3..4) {", "Enter", "2 * $i", "Enter", "}", "Enter");
        Wait(">> }\n6\n8\n");
        Type("C-l", "Up");
        Wait("> foreach ($i in 3..4) {\n>> 2 * $i\n>> }");
        Type("C-c", "C-l", "Get-Cnn", "F8");
        Wait("> Get-CnnModel alexnet64 | ForEach-Object ParameterCount");
        Type("C-c", "exit 3", "Enter");
        Wait("Pane is dead (status 3");
    }

    public void Dispose()
    {
        if (_hasTmux) Tmux("kill-server");
        _home.Dispose();
    }

    private void Type(params string[] keys)
    {
        foreach (string key in keys) Tmux("send-keys", key);
    }

    private void Wait(string text)
    {
        var watch = Stopwatch.StartNew();
        string screen;
        do
        {
            Thread.Sleep(100);
            screen = string.Join('\n', Tmux("capture-pane", "-p").Split('\n').Select(line => line.TrimEnd()));
        }
        while (!screen.Contains(text, StringComparison.Ordinal) && watch.Elapsed < _limit);
        Assert.Contains(text, screen, StringComparison.Ordinal);
    }

    private string Tmux(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("tmux", ["-L", _server, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
