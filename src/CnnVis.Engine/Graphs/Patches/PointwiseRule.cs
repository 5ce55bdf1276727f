namespace CnnVis.Engine.Graphs.Patches;

/// <summary>Each place of the output depends on the same place of the inputs only; channels may mix.</summary>
/// <param name="maps">How many inputs, from the first on, are maps or broadcast to one; the others are taken as they are.</param>
internal sealed class PointwiseRule(int maps = int.MaxValue) : PatchRule
{
    public override PatchStep? Step(PatchPlan plan, Node node)
    {
        if (plan.Shape(node.Output) is not [_, var channels, var height, var width]) return null;
        string[] values = [.. node.Inputs.Take(maps).Where(v => v.Length > 0)];
        string[] changing = [.. values.Where(plan.Changes).Distinct()];
        if (node.Inputs.Skip(maps).Any(plan.Changes)) return null;
        PatchMap[] inputs = [.. changing.Select(plan.Map).OfType<PatchMap>()];
        // A map that is spread over a larger one changes all of it.
        if (inputs.Length < changing.Length || inputs.Any(m => m.IsFolded || m.Height != height || m.Width != width)) return null;
        string[] spatial = [.. values.Except(changing).Where(v => IsSpatial(plan.Shape(v))).Distinct()];
        return spatial.Length == 0 && inputs.All(m => m.Matches(inputs[0]))
            ? new PiecewiseStep(node, changing, inputs[0] with { Value = node.Output, Channels = (int)channels }, plan.IsLastUse(node) && changing[0] == node.Inputs[0], plan.MultiplyAddsAPlace(node))
            : new JoinStep(node, changing, spatial, PatchJoin.Of(node.Output, inputs, (int)channels));
    }

    /// <summary>Whether a constant differs from place to place when it is broadcast.</summary>
    private static bool IsSpatial(IReadOnlyList<long> shape) => shape.Count > 0 && shape[^1] > 1 || shape.Count > 1 && shape[^2] > 1;
}
