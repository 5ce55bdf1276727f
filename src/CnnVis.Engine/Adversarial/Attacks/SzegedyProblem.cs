using CnnVis.Engine.Optimization;
using CnnVis.Engine.Targets;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>The function c ‖r‖² + loss(x + r) of <see cref="Lbfgs"/>. What it is asked about it offers.</summary>
internal sealed class SzegedyProblem(AttackRows rows, Tensor originals, Tensor c, double sharpness) : IProblem
{
    private readonly Tensor _low = rows.Low, _high = rows.High;

    /// <summary>Whether the network errs about what was asked last, by picture.</summary>
    public bool[] Errs { get; private set; } = [];

    /// <inheritdoc/>
    public Tensor Restrict(Tensor variables) => maximum(minimum(variables, _high), _low);

    /// <inheritdoc/>
    public Evaluation At(Tensor x)
    {
        using var scope = NewDisposeScope();
        Tensor goals = rows.Goals;
        Tensor? losses = null;
        var (_, gradients) = rows.Differentiate(x, logits =>
        {
            rows.Offer(x, logits);
            Errs = rows.Errs(logits);
            Tensor sharp = logits * sharpness, share = sharp.softmax(1), at = goals.unsqueeze(1);
            Tensor all = sharp.logsumexp(1), others = LogitSeeds.With(sharp, at, float.NegativeInfinity), rest = others.logsumexp(1);
            Tensor own = sharp.gather(1, at).squeeze(1);
            losses = (rows.IsTargeted ? all - own : all - rest).MoveToOuterDisposeScope();
            Tensor sure = rows.IsTargeted ? zeros_like(share).scatter(1, at, ones_like(at, dtype: ScalarType.Float32)) : others.softmax(1);
            return [(share - sure) * sharpness];
        });
        Tensor change = x - originals;
        float[] values = (losses! + c * change.square().flatten(1).sum(1)).ToFloats();
        return new Evaluation(values, [.. values.Select(v => -v)], (gradients[0] + 2 * Rows.Wide(c) * change).DetachFromDisposeScope(), x.alias().DetachFromDisposeScope());
    }
}
