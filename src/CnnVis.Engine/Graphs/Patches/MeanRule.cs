namespace CnnVis.Engine.Graphs.Patches;

/// <summary>The mean of each map.</summary>
internal sealed class MeanRule : PatchRule
{
    public override PatchStep? Step(PatchPlan plan, Node node) => plan.Map(node.Inputs[0]) is { IsFolded: false } map ? new MeanStep(node, map, [.. plan.Shape(node.Output).Skip(1)]) : null;
}
