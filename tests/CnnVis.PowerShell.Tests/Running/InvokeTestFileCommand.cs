using System.Management.Automation;

namespace CnnVis.PowerShell.Tests.Running;

/// <summary>Discovers a test file and, unless told otherwise, runs it. An error in discovery is the command's own.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "TestFile")]
public sealed class InvokeTestFileCommand : TestCommand
{
    [Parameter(Mandatory = true)]
    public string Path { get; set; } = "";

    [Parameter]
    public SwitchParameter DiscoverOnly { get; set; }

    protected override void EndProcessing()
    {
        ScriptBlock file = InvokeCommand.GetCommand(Path, CommandTypes.ExternalScript) is ExternalScriptInfo script
            ? script.ScriptBlock
            : throw new FileNotFoundException($"There is no test file {Path}.", Path);
        Scopes.Enter(null, () =>
        {
            if (Scopes.Run(file, null) is { } failure) ThrowTerminatingError(failure);
        });
        Discovery.Current = null;
        if (!Discovery.Root.Tests.Any()) throw new InvalidOperationException("The file has no It.");
        if (DiscoverOnly) return;
        using var drive = new TestDrive(SessionState);
        new Walk(Scopes, drive).Run(Discovery.Root);
    }
}
