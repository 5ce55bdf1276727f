using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Patches;

/// <summary>Each input is written to its channels of the patch that holds all changes.</summary>
internal sealed unsafe class ConcatStep(Node node, PatchMap output) : PatchStep(node)
{
    public override PatchMap Output => output;

    public override IEnumerable<string> BaseValues => Node.Inputs;

    public override double Cost => PatchCost.Memory(2 * output.Size) + PatchCost.Call * (Node.Inputs.Count + 1) * output.Groups;

    public override void Run(PatchRun run)
    {
        PatchSource[] sources = [.. Node.Inputs.Select(run.Source)];
        PatchValue result = run.Begin(output);
        foreach (int[] members in run.Groups(output, 0))
        {
            using var scope = NewDisposeScope();
            PatchBoxes boxes = run.Boxes(output, members);
            Tensor joined = empty(members.Length, boxes.Height, boxes.Width, output.Channels);
            float* to = (float*)TensorMemory.Address(joined);
            foreach (PatchSource source in sources)
            {
                run.Gather(source, members, boxes, 0, to, output.Channels);
                to += source.Channels;
            }
            result.Add(members, joined.permute(0, 3, 1, 2));
        }
    }
}
