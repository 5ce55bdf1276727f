using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Patches;

/// <summary>An operator of several maps that change at different places: each is brought to the patch that holds all changes.</summary>
internal sealed class JoinStep(Node node, string[] changing, string[] spatial, PatchMap output) : PatchStep(node)
{
    public override PatchMap Output => output;

    public override IEnumerable<string> BaseValues => changing.Concat(spatial);

    public override double Cost => PatchCost.Memory(output.Size * (2.0 * changing.Length + 2)) + PatchCost.Call * 3 * output.Groups;

    public override void Run(PatchRun run)
    {
        var sources = changing.ToDictionary(v => v, run.Source);
        foreach (string value in spatial) sources[value] = run.Spread(value, output.Height, output.Width);
        PatchValue result = run.Begin(output);
        foreach (int[] members in run.Groups(output, sources.Values.Sum(s => s.Channels)))
        {
            using var scope = NewDisposeScope();
            PatchBoxes boxes = run.Boxes(output, members);
            var gathered = sources.ToDictionary(s => s.Key, s => run.Gather(s.Value, members, boxes, 0).permute(0, 3, 1, 2)); // [n, C, h, w]
            Tensor?[] inputs = [.. Node.Inputs.Select(v => gathered.GetValueOrDefault(v) ?? run.Constant(v))];
            result.Add(members, run.Compute(Node, () => Node.Operator.Forward(inputs)));
        }
    }
}
