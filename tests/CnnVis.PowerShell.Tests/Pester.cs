using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace CnnVis.PowerShell.Tests;

/// <summary>Pester itself, in one PowerShell of this process.</summary>
internal static class Pester
{
    /// <summary>Far above what the slowest file takes: it ends hangs.</summary>
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(15);

    private static readonly string _script = new StreamReader(typeof(Pester).Assembly.GetManifestResourceStream("Invoke-TestFile.ps1")!).ReadToEnd();

    private static readonly Lazy<Runspace> _runspace = new(Open);

    /// <summary>Finds the tests of files without running them.</summary>
    public static IReadOnlyList<PesterResult> Discover(params string[] paths) => Invoke(paths, discover: true);

    /// <summary>Runs a file.</summary>
    public static IReadOnlyList<PesterResult> Run(string path) => Invoke([path], discover: false);

    private static IReadOnlyList<PesterResult> Invoke(string[] paths, bool discover)
    {
        lock (_runspace)
        {
            var shell = System.Management.Automation.PowerShell.Create(_runspace.Value);
            shell.AddScript(_script).AddParameter("Path", paths).AddParameter("Discover", discover);
            IAsyncResult pending = shell.BeginInvoke();
            if (!pending.AsyncWaitHandle.WaitOne(_limit))
            {
                // What hangs may not heed the stop, so nobody waits for it.
                shell.BeginStop(null, null);
                throw new TimeoutException($"{string.Join(", ", paths)}: not ended after {_limit}.");
            }
            using (shell) return [.. shell.EndInvoke(pending).Select(Read)];
        }
    }

    private static PesterResult Read(PSObject result)
    {
        string Text(string name) => $"{result.Properties[name].Value}";
        return new PesterResult(Text("File"), Text("Path"), Text("Label"), Text("Result"), Text("Message"));
    }

    private static Runspace Open()
    {
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule(typeof(Pester).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "Pester").Value!);
        if (OperatingSystem.IsWindows()) state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        return runspace;
    }
}
