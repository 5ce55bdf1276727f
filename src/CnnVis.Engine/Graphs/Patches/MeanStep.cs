using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Patches;

/// <summary>The unchanged mean plus the mean of what the patch changes.</summary>
internal sealed class MeanStep(Node node, PatchMap input, long[] shape) : PatchStep(node)
{
    public override PatchMap? Output => null;

    public override IEnumerable<string> BaseValues => [Node.Inputs[0]];

    public override double Cost => PatchCost.Memory(2 * input.Size);

    public override void Run(PatchRun run)
    {
        double[] sums = run.Sums(Node.Inputs[0]); // [members, C]
        float[] means = [.. sums.Select(s => (float)(s / ((long)input.Height * input.Width)))];
        run.SetWhole(Node.Output, tensor(means, [run.Count, .. shape]));
    }
}
