using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Patches;

/// <summary>An operator on patches just as they lie in memory: all changing inputs change at the same places.</summary>
internal sealed class PiecewiseStep(Node node, string[] changing, PatchMap output, bool inPlace, double multiplyAddsAPlace) : PatchStep(node)
{
    public override PatchMap Output => output;

    public override double MultiplyAdds => multiplyAddsAPlace * output.Places;

    public override double Cost => PatchCost.Arithmetic(MultiplyAdds) + PatchCost.Memory(output.Size * (changing.Length + 1.0)) + PatchCost.Call * output.Groups;

    public override void Run(PatchRun run)
    {
        PatchValue[] values = [.. changing.Select(run.Patches)];
        PatchValue result = run.Begin(output);
        for (int p = 0; p < values[0].Pieces.Count; p++)
        {
            using var scope = NewDisposeScope();
            Tensor?[] inputs = [.. Node.Inputs.Select(v => Array.IndexOf(changing, v) is >= 0 and var i ? values[i].Pieces[p].Map : run.Constant(v))];
            result.Add(values[0].Pieces[p].Members, run.Compute(Node, () => inPlace ? Node.Operator.ForwardInPlace(inputs) : Node.Operator.Forward(inputs)));
        }
    }
}
