using System.Management.Automation;

namespace CnnVis.PowerShell.Tests.Running;

/// <summary>One <c>It</c>, for one item of its <c>-ForEach</c>.</summary>
internal sealed class Test(string name, Block block, ScriptBlock body, TestData? data, bool skip)
{
    private volatile TestResult? _result;

    public ScriptBlock Body => body;

    public TestData? Data => data;

    public bool Skip { get; } = skip || block.Skip;

    /// <summary>The names from the outermost <c>Describe</c> down, joined by dots.</summary>
    public string Path { get; } = block.Path.Length > 0 ? $"{block.Path}.{name}" : name;

    /// <summary>Null until the test has run. Written by the pipeline's thread, read by the one that waits for it.</summary>
    public TestResult? Result
    {
        get => _result;
        set => _result = value;
    }
}
