using System.Management.Automation;

namespace CnnVis.PowerShell.Tests.Running;

/// <summary>A <c>Describe</c>, a <c>Context</c>, or the file itself, which is the root.</summary>
internal sealed class Block(string name, Block? parent, TestData? data, bool skip)
{
    public Block? Parent => parent;

    public TestData? Data => data;

    public bool Skip { get; } = skip || parent?.Skip == true;

    /// <summary>The names from the root down, joined by dots; empty at the root.</summary>
    public string Path { get; } = parent is { Path.Length: > 0 } ? $"{parent.Path}.{name}" : name;

    /// <summary><c>BeforeAll</c>, <c>AfterAll</c>, <c>BeforeEach</c> and <c>AfterEach</c>, by name.</summary>
    public Dictionary<string, ScriptBlock> Setups { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Blocks and tests, in the order in which they are written and run.</summary>
    public List<object> Children { get; } = [];

    public IEnumerable<Test> Tests => Children.SelectMany(child => child is Block block ? block.Tests : [(Test)child]);

    /// <summary>This block and those around it, innermost first.</summary>
    public IEnumerable<Block> SelfAndAncestors
    {
        get
        {
            for (Block? block = this; block is not null; block = block.Parent) yield return block;
        }
    }
}
