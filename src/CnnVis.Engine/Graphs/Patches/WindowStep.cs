using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Patches;

/// <summary>A window operator on patches: what the outputs look at is gathered, borders included, and goes through the operator without padding.</summary>
internal sealed class WindowStep(Node node, WindowRule rule, PatchMap input, PatchMap output, double multiplyAddsAPlace, double weights) : PatchStep(node)
{
    public override PatchMap Output => output;

    public override IEnumerable<string> BaseValues => [Node.Inputs[0]];

    public override double MultiplyAdds => multiplyAddsAPlace * output.Places;

    public override double Cost => PatchCost.Arithmetic(MultiplyAdds) + PatchCost.Memory(2 * output.Size + 2 * Gathered) + output.Groups * (2 * PatchCost.Call + PatchCost.Memory(weights));

    private double Gathered => Places(output.Rows, rule.Window.Rows) * Places(output.Columns, rule.Window.Columns) * input.Channels;

    public override void Run(PatchRun run)
    {
        PatchSource source = run.Source(Node.Inputs[0]);
        PatchValue result = run.Begin(output);
        using Tensor? border = rule.IsMean ? Border(run) : null;
        foreach (int[] members in run.Groups(output, input.Channels * (int)(rule.Window.Rows.Stride * rule.Window.Columns.Stride)))
        {
            using var scope = NewDisposeScope();
            PatchBoxes boxes = run.Boxes(output, members);
            Tensor?[] inputs = [run.GatherInPassing(source, members, boxes.Under(rule.Window), rule.Padding).permute(0, 3, 1, 2), .. Node.Inputs.Skip(1).Select(run.Constant)];
            Tensor patches = run.Compute(Node, () => rule.Valid(inputs)); // [n, C, h, w]
            if (border is not null) patches.mul_(run.Gather(new PatchSource(TensorMemory.Address(border), output.Height, output.Width, 1, null), members, boxes, 1).permute(0, 3, 1, 2));
            result.Add(members, patches);
        }
    }

    /// <summary>What a mean of ones makes of the border, over what the operator without padding makes of it: [H', W'].</summary>
    private Tensor Border(PatchRun run)
    {
        using var scope = NewDisposeScope();
        Tensor whole = ones(1, 1, input.Height, input.Width);
        Tensor padded = zeros(1, 1, PatchBoxes.Under(output.Height, rule.Window.Rows), PatchBoxes.Under(output.Width, rule.Window.Columns));
        int top = (int)rule.Window.Rows.Padding, left = (int)rule.Window.Columns.Padding;
        int height = Math.Min(input.Height, (int)padded.shape[2] - top), width = Math.Min(input.Width, (int)padded.shape[3] - left);
        padded.narrow(2, top, height).narrow(3, left, width).fill_(1);
        return run.Compute(Node, () => Node.Operator.Forward([whole]) / rule.Valid([padded])).reshape(output.Height, output.Width).contiguous().MoveToOuterDisposeScope();
    }

    private static double Places(AxisRegions regions, WindowAxis window) => regions.Class.Sum(c => (double)PatchBoxes.Under(regions.Lengths[c], window));
}
