namespace CnnVis.Engine.Graphs.Patches;

/// <summary>One node of a graph, computed where it can change.</summary>
/// <param name="node">What is computed.</param>
internal abstract class PatchStep(Node node)
{
    public Node Node { get; } = node;

    /// <summary>What comes out; null where it is a whole tensor, [positions, …].</summary>
    public abstract PatchMap? Output { get; }

    /// <summary>Values whose whole maps, of the unchanged picture, the step needs.</summary>
    public virtual IEnumerable<string> BaseValues => [];

    /// <summary>Multiplications-with-addition for all positions.</summary>
    public virtual double MultiplyAdds => 0;

    /// <summary>Seconds that all positions are expected to take.</summary>
    public abstract double Cost { get; }

    public abstract void Run(PatchRun run);
}
