using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using CnnVis.Host.Editing;

namespace CnnVis.Host;

/// <summary>One PowerShell session: runs commands, shows what they give, and stops them on Ctrl+C.</summary>
internal sealed class Session : IDisposable
{
    private readonly ConsoleHost _host = new();
    private readonly Runspace _runspace;
    private volatile PowerShell? _running;
    private bool _interrupted;

    public Session()
    {
        var state = InitialSessionState.CreateDefault2();
        StandIns.AddTo(state);
        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        _runspace.Open();
        Runspace.DefaultRunspace = _runspace;
        if (ConsoleStreams.Plain) PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
        Console.CancelKeyPress += Stop;
    }

    /// <summary>The code that <c>exit</c> asked for, or null while nobody did.</summary>
    public int? ExitRequested => _host.ExitRequested;

    /// <summary>PowerShell's own prompt.</summary>
    public string PromptText
    {
        get
        {
            using PowerShell shell = CreateShell();
            return string.Concat(shell.AddCommand("prompt").Invoke());
        }
    }

    /// <summary>What could go in place of the word at the cursor: PowerShell's completions, or else files.</summary>
    public CommandCompletion Complete(string text, int cursor)
    {
        var errors = (ArrayList)Variable("Error")!;
        int before = errors.Count;
        using PowerShell shell = CreateShell();
        CommandCompletion found = CommandCompletion.CompleteInput(text, cursor, null, shell);
        // What went wrong while looking is not the user's.
        if (errors.Count > before) errors.RemoveRange(0, errors.Count - before);
        return found.CompletionMatches.Count > 0 ? found : FileCompletion.Complete(text, cursor, _runspace.SessionStateProxy.Path.CurrentFileSystemLocation.ProviderPath);
    }

    /// <summary>Imports the CnnVis that this program lies in.</summary>
    /// <returns>False when there is none or it does not load; the error has been shown.</returns>
    public bool ImportModule()
    {
        string? manifest = Manifest();
        if (manifest is null)
        {
            _host.UI.WriteErrorLine($"There is no CnnVis.psd1 above {AppContext.BaseDirectory}.");
            return false;
        }
        return Run(shell => shell.AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("ErrorAction", "Stop")) == Outcome.Success;
    }

    /// <summary>Runs a script as <c>pwsh -File</c> does.</summary>
    /// <returns>The exit code.</returns>
    public int RunFile(string path, IReadOnlyList<string> arguments) => RunCommand(ScriptCall.Write(path, arguments));

    /// <summary>Runs a piece of PowerShell as <c>pwsh -Command</c> does.</summary>
    /// <returns>The exit code.</returns>
    public int RunCommand(string text) => Code(Run(shell => shell.AddScript(text)));

    /// <inheritdoc/>
    public void Dispose()
    {
        Console.CancelKeyPress -= Stop;
        _runspace.Dispose();
    }

    private PowerShell CreateShell()
    {
        var shell = PowerShell.Create();
        shell.Runspace = _runspace;
        return shell;
    }

    /// <summary>Runs a pipeline to its end, with results and errors on the console.</summary>
    private Outcome Run(Action<PowerShell> commands)
    {
        using PowerShell shell = CreateShell();
        commands(shell);
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default");
        (_interrupted, _running) = (false, shell);
        try
        {
            shell.Invoke(null, new PSInvocationSettings { AddToHistory = true, ExposeFlowControlExceptions = false });
            if (_interrupted) return Outcome.Interrupted;
            return Variable("?") is true ? Outcome.Success : Outcome.Failed;
        }
        catch (PipelineStoppedException)
        {
            return Outcome.Interrupted;
        }
        catch (RuntimeException error)
        {
            Show(error.ErrorRecord);
            return Outcome.Terminated;
        }
        finally
        {
            _running = null;
        }
    }

    // As if it had come down the error stream, so that PowerShell's own view shows it.
    private void Show(ErrorRecord error)
    {
        var item = PSObject.AsPSObject(error);
        item.Properties.Add(new PSNoteProperty("writeErrorStream", true));
        using PowerShell shell = CreateShell();
        shell.AddCommand("Out-Default").Invoke(new[] { item });
    }

    private int Code(Outcome outcome) => ExitRequested ?? outcome switch
    {
        Outcome.Success => ExitCodes.Success,
        Outcome.Interrupted => ExitCodes.Interrupted,
        _ => ExitCodes.Failure,
    };

    private object? Variable(string name) => _runspace.SessionStateProxy.GetVariable(name);

    private void Stop(object? sender, ConsoleCancelEventArgs e)
    {
        if (_running is not { } shell) return;
        e.Cancel = _interrupted = true;
        shell.BeginStop(null, null);
    }

    private static string? Manifest()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "CnnVis.psd1") is var path && File.Exists(path)) return path;
        return null;
    }
}
