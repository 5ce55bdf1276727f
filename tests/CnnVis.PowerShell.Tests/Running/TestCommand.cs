using System.Management.Automation;

namespace CnnVis.PowerShell.Tests.Running;

/// <summary>A command that adds to the tree of tests while a file is discovered.</summary>
public abstract class TestCommand : PSCmdlet
{
    private protected Discovery Discovery => (Discovery)SessionState.PSVariable.GetValue(Discovery.VariableName);

    private protected Block Current => Discovery.Current
        ?? throw new InvalidOperationException($"{MyInvocation.InvocationName} belongs in the body of a Describe, a Context or the file, not in code that runs with the tests.");

    private protected Scopes Scopes => new(SessionState);
}
