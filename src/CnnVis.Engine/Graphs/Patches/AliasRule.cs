namespace CnnVis.Engine.Graphs.Patches;

/// <summary>The output is the first input.</summary>
internal sealed class AliasRule : PatchRule
{
    public override PatchStep? Step(PatchPlan plan, Node node) => plan.Map(node.Inputs[0]) is { } map ? new AliasStep(node, map) : null;
}
