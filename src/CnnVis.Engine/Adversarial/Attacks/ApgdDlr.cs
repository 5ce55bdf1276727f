using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>
/// <see cref="AutoPgd"/> on the difference of logits ratio (Croce and Hein 2020, equations 6 and 7), which does not change when all logits are multiplied: minus the label's lead over the
/// strongest other class, over z_π1 − z_π3; with a target the target's lead over the label, over z_π1 − (z_π3 + z_π4)/2, π sorting the logits. Networks with too few classes for that have the leads alone.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/2003.01690"/>
/// <code>
/// J = −(z_y − maxⱼ≠y zⱼ) / (z_π1 − z_π3)
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var run = new AttackRun(network, new AttackQuery { Attacks = [new ApgdDlr(AttackOptions.Default)], Epsilons = [4 / 255.0] });
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (AdversarialExample example in run.Add(batch, null, error => throw error).SelectMany(e => e)) Console.WriteLine(example);
/// foreach (AdversarialExample example in run.Finish().SelectMany(e => e)) Console.WriteLine(example);
/// </code>
/// </example>
public sealed class ApgdDlr : AutoPgd
{
    /// <param name="options">Steps, restarts, norm and seed count.</param>
    public ApgdDlr(AttackOptions options) : base(options) { }

    private protected override (Tensor Loss, Tensor Slope) Loss(AttackRows rows, Tensor logits)
    {
        Tensor goals = rows.Goals, plus = rows.IsTargeted ? goals : LogitSeeds.Rival(logits, goals), minus = rows.IsTargeted ? rows.Labels : goals;
        Tensor Of(Tensor classes) => logits.gather(1, classes.unsqueeze(1)).squeeze(1);
        Tensor lead = Of(plus) - Of(minus), slope = LogitSeeds.Difference(logits, plus, minus); // [n], [n, classes]
        if (logits.shape[1] < (rows.IsTargeted ? 4 : 3)) return (lead, slope);
        Tensor order = logits.argsort(1, descending: true), first = order.select(1, 0), third = order.select(1, 2), fourth = order.select(1, rows.IsTargeted ? 3 : 2);
        Tensor span = (Of(first) - (Of(third) + Of(fourth)) / 2).clamp_min(1e-12);
        Tensor spanSlope = (LogitSeeds.Difference(logits, first, third) + LogitSeeds.Difference(logits, first, fourth)) / 2;
        return (lead / span, slope / span.unsqueeze(1) - spanSlope * (lead / span.square()).unsqueeze(1));
    }
}
