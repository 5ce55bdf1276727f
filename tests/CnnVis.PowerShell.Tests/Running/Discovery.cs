namespace CnnVis.PowerShell.Tests.Running;

/// <summary>What the commands of a test file find of it: the tree, and the block whose body is being read.</summary>
internal sealed class Discovery
{
    /// <summary>The variable of the runspace through which the commands find it.</summary>
    public const string VariableName = "______discovery";

    public Discovery() => Current = Root;

    public Block Root { get; } = new("", parent: null, data: null, skip: false);

    /// <summary>The block being read; null once discovery is over.</summary>
    public Block? Current { get; set; }
}
