namespace CnnVis.Engine.Graphs.Patches;

/// <summary>A ReLU: nothing where the step before has rectified already.</summary>
internal sealed class RectifierRule : PatchRule
{
    public override PatchStep? Step(PatchPlan plan, Node node) =>
        plan.Producer(node.Inputs[0]) is NormalizationStep { Rectifies: true } normalization ? new AliasStep(node, normalization.Output) : new PointwiseRule(1).Step(plan, node);
}
