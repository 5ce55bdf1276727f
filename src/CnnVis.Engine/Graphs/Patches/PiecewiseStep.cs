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
        foreach (PatchPiece piece in values[0].Pieces)
        {
            using var scope = NewDisposeScope();
            // Each branch cuts its patches into pieces as its own channels allow: whose they are says what belongs together.
            Tensor?[] inputs = [.. Node.Inputs.Select(v => Array.IndexOf(changing, v) is >= 0 and var i ? run.Map(values[i], piece.Members) : run.Constant(v))];
            result.Add(piece.Members, run.Compute(Node, () => inPlace ? Node.Operator.ForwardInPlace(inputs) : Node.Operator.Forward(inputs)));
        }
    }
}
