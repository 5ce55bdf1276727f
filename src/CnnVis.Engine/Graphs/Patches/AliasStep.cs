namespace CnnVis.Engine.Graphs.Patches;

/// <summary>Another name of the same patches.</summary>
internal sealed class AliasStep(Node node, PatchMap output) : PatchStep(node)
{
    public override PatchMap Output => output;

    public override double Cost => 0;

    public override void Run(PatchRun run) { }
}
