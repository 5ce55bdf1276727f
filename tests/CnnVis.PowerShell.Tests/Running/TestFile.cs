using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;

namespace CnnVis.PowerShell.Tests.Running;

/// <summary>A file of Pester tests, discovered or run in a runspace of its own.</summary>
internal static class TestFile
{
    private static readonly string _home = Path.Combine(AppContext.BaseDirectory, "Running");

    private static readonly (string Name, Type Command)[] _commands =
    [
        ("Describe", typeof(BlockCommand)), ("Context", typeof(BlockCommand)), ("It", typeof(ItCommand)), ("BeforeDiscovery", typeof(BeforeDiscoveryCommand)),
        ("BeforeAll", typeof(SetupCommand)), ("AfterAll", typeof(SetupCommand)), ("BeforeEach", typeof(SetupCommand)), ("AfterEach", typeof(SetupCommand)),
    ];

    /// <summary>The path of each <c>It</c>, in order.</summary>
    /// <exception cref="TestFileException">The file could not be discovered.</exception>
    public static IReadOnlyList<string> Discover(string path) => [.. Invoke(path, discoverOnly: true, CancellationToken.None).Root.Tests.Select(test => test.Path)];

    /// <summary>The path and the result of each <c>It</c>, in order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">Cancelled when the file's time is up: what has not ended by then has failed.</param>
    /// <exception cref="TestFileException">The file could not be discovered.</exception>
    public static IReadOnlyList<(string Path, TestResult Result)> Run(string path, CancellationToken limit)
    {
        TestResult late = TestResult.Failed("The file's time limit was up before this test had ended: it hangs, or one before it does.");
        return [.. Invoke(path, discoverOnly: false, limit).Root.Tests.Select(test => (test.Path, test.Result ?? late))];
    }

    private static Discovery Invoke(string path, bool discoverOnly, CancellationToken limit)
    {
        var discovery = new Discovery();
        Runspace runspace = RunspaceFactory.CreateRunspace(State(discovery));
        runspace.Open();
        var shell = System.Management.Automation.PowerShell.Create(runspace);
        shell.AddCommand("Invoke-TestFile").AddParameter("Path", path).AddParameter("DiscoverOnly", discoverOnly);
        IAsyncResult pending = shell.BeginInvoke();
        if (WaitHandle.WaitAny([pending.AsyncWaitHandle, limit.WaitHandle]) == 1)
        {
            // What hangs may not heed the stop, so nobody waits for it and the runspace is left to it.
            shell.BeginStop(null, null);
            return discovery.Current is null ? discovery : throw new TestFileException($"The discovery of {path} took up its time limit.");
        }
        try
        {
            shell.EndInvoke(pending);
        }
        catch (RuntimeException exception)
        {
            throw new TestFileException(Walk.Describe(exception.ErrorRecord), exception);
        }
        finally
        {
            shell.Dispose();
            runspace.Dispose();
        }
        return discovery;
    }

    private static InitialSessionState State(Discovery discovery)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows()) state.ExecutionPolicy = ExecutionPolicy.Bypass;
        foreach ((string name, Type command) in _commands)
        {
            // A cmdlet must be called Verb-Noun.
            state.Commands.Add(new SessionStateCmdletEntry("Add-" + name, command, null));
            state.Commands.Add(new SessionStateAliasEntry(name, "Add-" + name));
        }
        state.Commands.Add(new SessionStateCmdletEntry("Set-ItResult", typeof(SetItResultCommand), null));
        state.Commands.Add(new SessionStateCmdletEntry("Invoke-TestFile", typeof(InvokeTestFileCommand), null));
        state.Variables.Add(new SessionStateVariableEntry(Discovery.VariableName, discovery, "", ScopedItemOptions.Constant));
        state.ImportPSModule([Path.Combine(_home, "Should.psm1")]);
        foreach (string script in Directory.GetFiles(Path.Combine(_home, "StandIns"))) state.StartupScripts.Add(script);
        return state;
    }
}
