using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Graphs.Operators.Normalization;

namespace CnnVis.Engine.Graphs.Patches;

/// <summary>A factor and a shift for each channel, and the ReLU behind them where nobody else sees what is between.</summary>
internal sealed class NormalizationRule(BatchNormalization normalization) : PatchRule
{
    public override PatchStep? Step(PatchPlan plan, Node node)
    {
        if (plan.Map(node.Inputs[0]) is not { IsFolded: false } map || normalization.AsAffine([.. node.Inputs.Select(plan.Parameter)]) is not { } affine) return new PointwiseRule(1).Step(plan, node);
        bool rectifies = plan.OnlyUser(node.Output) is { Operator.Type: OperatorNames.Relu };
        return new NormalizationStep(node, map with { Value = node.Output }, affine, rectifies, plan.IsLastUse(node));
    }
}
