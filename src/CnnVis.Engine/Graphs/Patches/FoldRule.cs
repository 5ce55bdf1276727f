namespace CnnVis.Engine.Graphs.Patches;

/// <summary>[N, C, H, W] goes by as [N, C·H·W].</summary>
internal sealed class FoldRule : PatchRule
{
    public override PatchStep? Step(PatchPlan plan, Node node) =>
        plan.Map(node.Inputs[0]) is { IsFolded: false } map && plan.Shape(node.Output) is [_, var units] && units == (long)map.Channels * map.Height * map.Width
            ? new AliasStep(node, map with { IsFolded = true })
            : null;
}
