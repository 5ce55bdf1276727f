using System.Management.Automation;

namespace CnnVis.PowerShell.Tests.Running;

/// <summary><c>BeforeDiscovery</c>: runs at once, in the scope of its caller.</summary>
[Cmdlet(VerbsCommon.Add, "BeforeDiscovery")]
public sealed class BeforeDiscoveryCommand : TestCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    protected override void EndProcessing()
    {
        _ = Current;
        if (Scopes.Run(ScriptBlock, data: null) is { } failure) ThrowTerminatingError(failure);
    }
}
