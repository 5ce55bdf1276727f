using System.Management.Automation;

namespace CnnVis.PowerShell.Tests.Running;

/// <summary><c>It</c>: one test, or one for each item of <c>-ForEach</c>.</summary>
[Cmdlet(VerbsCommon.Add, "It")]
public sealed class ItCommand : TestCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1)]
    public ScriptBlock Test { get; set; } = null!;

    [Parameter]
    [Alias("TestCases")]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? ForEach { get; set; }

    [Parameter]
    public string[] Tag { get; set; } = [];

    [Parameter]
    public SwitchParameter Skip { get; set; }

    protected override void EndProcessing()
    {
        Block block = Current;
        foreach (TestData? data in TestData.Each(ForEach, MyInvocation.BoundParameters.ContainsKey(nameof(ForEach))))
            Scopes.Enter(data, () => block.Children.Add(new Test(Scopes.Expand(Name), block, Test, data, Skip)));
    }
}
