namespace CnnVis.Engine.Graphs.Patches;

/// <summary>A product of the folded map with constant weights, to which constants are added: y(x + δ) = y(x) + factor · δ·W.</summary>
/// <param name="weights">Input with the weights, [inputs, units].</param>
/// <param name="transposed">Whether they are [units, inputs].</param>
/// <param name="factor">What the product is multiplied by.</param>
internal sealed class LinearRule(int weights, bool transposed, float factor) : PatchRule
{
    public override PatchStep? Step(PatchPlan plan, Node node)
    {
        if (plan.Map(node.Inputs[0]) is not { IsFolded: true } map || node.Inputs.Skip(1).Any(plan.Changes) || plan.Shape(node.Output) is not [_, var units]) return null;
        return plan.Parameter(node.Inputs[weights]) is { } matrix && plan.Shape(node.Inputs[weights]).Count == 2 ? new LinearStep(node, map, matrix, transposed, factor, (int)units) : null;
    }
}
