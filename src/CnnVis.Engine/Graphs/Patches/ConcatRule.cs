namespace CnnVis.Engine.Graphs.Patches;

/// <summary>Maps joined along their channels.</summary>
internal sealed class ConcatRule : PatchRule
{
    public override PatchStep? Step(PatchPlan plan, Node node)
    {
        PatchMap?[] inputs = [.. node.Inputs.Select(plan.Map)];
        return inputs.All(m => m is { IsFolded: false }) ? new ConcatStep(node, PatchJoin.Of(node.Output, inputs!, inputs.Sum(m => m!.Channels))) : null;
    }
}
