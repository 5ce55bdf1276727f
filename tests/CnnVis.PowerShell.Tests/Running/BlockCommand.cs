using System.Management.Automation;

namespace CnnVis.PowerShell.Tests.Running;

/// <summary><c>Describe</c> and <c>Context</c>: a block whose body is run at once, to find what is in it.</summary>
[Cmdlet(VerbsCommon.Add, "Block")]
public sealed class BlockCommand : TestCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1)]
    public ScriptBlock Fixture { get; set; } = null!;

    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? ForEach { get; set; }

    [Parameter]
    public string[] Tag { get; set; } = [];

    [Parameter]
    public SwitchParameter Skip { get; set; }

    protected override void EndProcessing()
    {
        Block parent = Current;
        foreach (TestData? data in TestData.Each(ForEach, MyInvocation.BoundParameters.ContainsKey(nameof(ForEach))))
        {
            Scopes.Enter(data, () =>
            {
                var block = new Block(Scopes.Expand(Name), parent, data, Skip);
                parent.Children.Add(block);
                Discovery.Current = block;
                ErrorRecord? failure = Scopes.Run(Fixture, data);
                Discovery.Current = parent;
                if (failure is not null) ThrowTerminatingError(failure);
            });
        }
    }
}
