using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Patches;

/// <summary>Each place of the output looks at a window of the first input.</summary>
/// <param name="window">The window, padding included.</param>
/// <param name="padding">What lies around the map.</param>
/// <param name="valid">The operator without any padding: as many outputs as windows fit whole.</param>
/// <param name="isMean">Whether padding counts in another way at the border than <paramref name="valid"/> counts it.</param>
public sealed class WindowRule(SpatialWindow window, float padding, Func<Tensor?[], Tensor> valid, bool isMean = false) : PatchRule
{
    /// <summary>The window.</summary>
    internal SpatialWindow Window => window;

    /// <summary>What lies around the map.</summary>
    internal float Padding => padding;

    /// <summary>Computes the operator without padding.</summary>
    internal Tensor Valid(Tensor?[] inputs) => valid(inputs);

    /// <summary>Whether the border needs a correction.</summary>
    internal bool IsMean => isMean;

    internal override PatchStep? Step(PatchPlan plan, Node node)
    {
        if (plan.Shape(node.Output) is not [_, var channels, var height, var width]) return null;
        if (plan.Map(node.Inputs[0]) is not { IsFolded: false } input || node.Inputs.Skip(1).Any(plan.Changes)) return null;
        // A window of one place needs no neighbours.
        if (window == SpatialWindow.Pointwise) return new PiecewiseStep(node, [node.Inputs[0]], input with { Value = node.Output, Channels = (int)channels }, inPlace: false, plan.MultiplyAddsAPlace(node));
        double work = plan.MultiplyAddsAPlace(node), weights = node.Inputs.Skip(1).Sum(v => (double)plan.Shape(v).Aggregate(1L, (a, b) => a * b));
        var (rows, columns) = AxisRegions.Grouped(input.Rows.Through(window.Rows, (int)height), input.Columns.Through(window.Columns, (int)width),
            PatchCost.Arithmetic(work) + PatchCost.Memory(2 * channels + input.Channels * window.Rows.Stride * window.Columns.Stride), 2 * PatchCost.Call + PatchCost.Memory(weights));
        return new WindowStep(node, this, input, new PatchMap(node.Output, (int)channels, rows, columns), work, weights);
    }
}
