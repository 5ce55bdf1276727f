using System.Management.Automation;

namespace CnnVis.PowerShell.Tests.Running;

/// <summary><c>Set-ItResult -Skipped</c>: ends the test that is running as skipped.</summary>
[Cmdlet(VerbsCommon.Set, "ItResult")]
public sealed class SetItResultCommand : PSCmdlet
{
    internal const string SkippedErrorId = "PesterTestSkipped";

    [Parameter(Mandatory = true)]
    public SwitchParameter Skipped { get; set; }

    [Parameter]
    public string Because { get; set; } = "";

    protected override void EndProcessing()
    {
        string reason = Because.Length > 0 ? $"is skipped, because {Because}" : "is skipped";
        ThrowTerminatingError(new ErrorRecord(new OperationCanceledException(reason), SkippedErrorId, ErrorCategory.OperationStopped, null));
    }
}
