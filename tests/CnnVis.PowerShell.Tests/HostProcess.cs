using System.Diagnostics;

namespace CnnVis.PowerShell.Tests;

/// <summary>What a run of CnnVis.Host left: its exit code, and what it wrote.</summary>
internal sealed record HostProcess(int ExitCode, string Output, string Error)
{
    /// <summary>Far above what any run takes: it ends hangs.</summary>
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(5);

    /// <summary>The program: beside this project, built for the same configuration and framework.</summary>
    public static string Program { get; } = Path.Combine(Repository.Root, "src", "CnnVis.Host",
        Path.GetRelativePath(Path.Combine(Repository.Root, "tests", "CnnVis.PowerShell.Tests"), AppContext.BaseDirectory), "pwsh.dll");

    /// <summary>The lines of the output.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Runs it to its end, with empty input and everything redirected.</summary>
    public static HostProcess Run(params string[] arguments) => Run([], arguments);

    /// <summary>The same, with some variables of the environment.</summary>
    public static HostProcess Run(Dictionary<string, string> variables, params string[] arguments)
    {
        using Process process = Start(variables, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(_limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"The host was still running after {_limit}.");
        }
        return new HostProcess(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Starts it, with empty input and everything redirected.</summary>
    public static Process Start(Dictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}
