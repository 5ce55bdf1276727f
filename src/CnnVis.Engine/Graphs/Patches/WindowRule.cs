using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Patches;

/// <summary>Each place of the output looks at a window of the first input.</summary>
/// <param name="window">The window, padding included.</param>
/// <param name="padding">What lies around the map.</param>
/// <param name="valid">The operator without any padding: as many outputs as windows fit whole.</param>
/// <param name="isMean">Whether padding counts in another way at the border than <paramref name="valid"/> counts it.</param>
/// <param name="isDense">Whether it is a convolution in which all channels mix, with weights and bias as second and third input.</param>
internal sealed class WindowRule(SpatialWindow window, float padding, Func<Tensor?[], Tensor> valid, bool isMean = false, bool isDense = false) : PatchRule
{
    /// <summary>The window.</summary>
    public SpatialWindow Window => window;

    /// <summary>What lies around the map.</summary>
    public float Padding => padding;

    /// <summary>Computes the operator without padding.</summary>
    public Tensor Valid(Tensor?[] inputs) => valid(inputs);

    /// <summary>Whether the border needs a correction.</summary>
    public bool IsMean => isMean;

    public override PatchStep? Step(PatchPlan plan, Node node)
    {
        if (plan.Shape(node.Output) is not [_, var channels, var height, var width]) return null;
        if (plan.Map(node.Inputs[0]) is not { IsFolded: false } input || node.Inputs.Skip(1).Any(plan.Changes)) return null;
        // A window of one place needs no neighbours.
        if (window == SpatialWindow.Pointwise) return new PiecewiseStep(node, [node.Inputs[0]], input with { Value = node.Output, Channels = (int)channels }, inPlace: false, plan.MultiplyAddsAPlace(node));
        double work = plan.MultiplyAddsAPlace(node), weights = node.Inputs.Skip(1).Sum(v => (double)plan.Shape(v).Aggregate(1L, (a, b) => a * b));
        AxisRegions exactRows = input.Rows.Through(window.Rows, (int)height), exactColumns = input.Columns.Through(window.Columns, (int)width);
        var (rows, columns) = AxisRegions.Grouped(exactRows, exactColumns,
            PatchCost.Arithmetic(work) + PatchCost.Memory(2 * channels + input.Channels * window.Rows.Stride * window.Columns.Stride), 2 * PatchCost.Call + PatchCost.Memory(weights));
        var direct = new WindowStep(node, this, input, new PatchMap(node.Output, (int)channels, rows, columns), work, weights);
        return Winograds(plan, node, input.Channels, channels) is { } filters ? WinogradStep.Cheapest(node, window, input, exactRows, exactColumns, work, filters, direct.Cost) ?? (PatchStep)direct : direct;
    }

    /// <summary>The weights of a convolution that Winograd's way takes, or null.</summary>
    private Tensor? Winograds(PatchPlan plan, Node node, long inputChannels, long channels) =>
        isDense && plan.Parameter(node.Inputs[1]) is { } weights && weights.shape is [_, _, 3, 3] && IsPlain(window.Rows) && IsPlain(window.Columns) && Winograd.Takes(inputChannels) && Winograd.Takes(channels) ? weights : null;

    private static bool IsPlain(WindowAxis axis) => axis is { Extent: 3, Stride: 1 };
}
