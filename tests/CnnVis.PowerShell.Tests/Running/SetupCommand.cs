using System.Management.Automation;

namespace CnnVis.PowerShell.Tests.Running;

/// <summary><c>BeforeAll</c>, <c>AfterAll</c>, <c>BeforeEach</c> and <c>AfterEach</c>, told apart by the name they are called by.</summary>
[Cmdlet(VerbsCommon.Add, "Setup")]
public sealed class SetupCommand : TestCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock Scriptblock { get; set; } = null!;

    protected override void EndProcessing()
    {
        string kind = ((CmdletInfo)MyInvocation.MyCommand).Noun;
        if (Current == Discovery.Root && kind.EndsWith("Each", StringComparison.Ordinal)) throw new InvalidOperationException($"{kind} belongs in a Describe or a Context: Pester has none for the whole file.");
        if (!Current.Setups.TryAdd(kind, Scriptblock)) throw new InvalidOperationException($"{kind} is already defined in this block; a block has one.");
    }
}
