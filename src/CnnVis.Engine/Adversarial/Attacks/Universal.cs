using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>
/// One perturbation for all pictures (Moosavi-Dezfooli et al. 2017), by the mean gradient of those that it does not fool yet (as Shafahi et al. 2020 do, over all pictures at a time
/// instead of some), with momentum and within the ball: the step that fools most is kept. 20 steps of ε/5 unless told otherwise. Pictures are held in memory together.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1610.08401"/>
/// <code>
/// v ← Π(v + α sign Σᵢ ∇J(xᵢ + v)) over the pictures that v does not fool
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var run = new AttackRun(network, new AttackQuery { Attacks = [new Universal(AttackOptions.Default)], Epsilons = [4 / 255.0] });
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (AdversarialExample example in run.Add(batch, null, error => throw error).SelectMany(e => e)) Console.WriteLine(example);
/// foreach (AdversarialExample example in run.Finish().SelectMany(e => e)) Console.WriteLine(example);
/// </code>
/// </example>
public sealed class Universal : IAttack
{
    private readonly AttackOptions _options;

    /// <param name="options">Steps, step size, decay and norm count.</param>
    public Universal(AttackOptions options) => _options = options;

    /// <inheritdoc/>
    public IReadOnlyList<AttackNorm> Norms { get; } = [AttackNorm.LInf, AttackNorm.L2];

    /// <inheritdoc/>
    public bool IsUniversal => true;

    /// <inheritdoc/>
    public void Run(AttackBatch batch)
    {
        using var scope = NewDisposeScope();
        AttackRows all = batch.All();
        if (all.Count == 0) return;
        int chunk = batch.Pictures.Victim.BatchSize, steps = _options.Steps ?? 20;
        AttackRows[] parts = [.. Enumerable.Range(0, all.Count).Chunk(chunk).Select(c => new AttackRows(batch, [.. c.Select(i => all.Index[i])]))];
        Tensor v = zeros([1, .. batch.Pictures.Originals.shape[1..]], device: batch.Pictures.Originals.device), momentum = zeros_like(v), best = v.clone();
        double length = _options.StepSize ?? batch.Epsilon / 5;
        int most = -1;
        for (int step = 0; step <= steps; step++)
        {
            using var inner = NewDisposeScope();
            (Tensor mean, int fooled) = Mean(parts, v);
            if (fooled > most)
            {
                most = fooled;
                Rows.Replace(ref best, v.clone());
            }
            if (step == steps || fooled == all.Count) break;
            Rows.Replace(ref momentum, momentum * _options.Decay + mean / mean.abs().sum().clamp_min(1e-30));
            Tensor none = zeros_like(v), low = full_like(v, -1), high = ones_like(v);
            if (batch.Norm == AttackNorm.LInf) (low, high) = (low.clamp_min(-batch.Epsilon), high.clamp_max(batch.Epsilon));
            Rows.Replace(ref v, Ball.Project(v + Ball.Steepest(momentum, batch.Norm, length, v, low, high), none, batch.Norm, batch.Epsilon, low, high));
        }
        foreach (AttackRows part in parts)
        {
            using var inner = NewDisposeScope();
            Tensor x = Perturbed(part, best);
            part.Offer(x, part.Logits(x), last: true);
        }
    }

    private static Tensor Perturbed(AttackRows rows, Tensor v) => maximum(minimum(rows.Originals + v, rows.High), rows.Low);

    /// <summary>The mean direction of the gradients of pictures that are not fooled, and how many are.</summary>
    private static (Tensor Mean, int Fooled) Mean(AttackRows[] parts, Tensor v)
    {
        Tensor sum = zeros_like(v);
        int fooled = 0;
        foreach (AttackRows part in parts)
        {
            using var scope = NewDisposeScope();
            bool[] errs = [];
            var (_, gradients) = part.Differentiate(Perturbed(part, v), logits =>
            {
                errs = part.Errs(logits);
                return errs.All(e => e) ? [] : [part.Seeds(logits)];
            });
            fooled += errs.Count(e => e);
            if (gradients.Length == 0) continue;
            Tensor gradient = Rows.Without(gradients[0], errs);
            sum.add_((gradient / Rows.Wide(Ball.Size(gradient, AttackNorm.L2).clamp_min(1e-30))).sum([0L], keepdim: true));
        }
        return (sum, fooled);
    }
}
