using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>
/// The saliency map attack (Papernot et al. 2016), which changes few values by much: step by step the pair whose joint derivatives α of the target and β of all other classes have the largest
/// −αβ with α above and β below zero, by logits. As in the maximal form (Wiyatno and Xu 2018) values may go up or down, and without a target α is minus
/// the label's derivative and β minus that of all others. Where there is no such pair, it is the one with the largest α − β. Pairs are taken of the 64 values with the largest |α − β|, because all pairs of a photo are too many. Values go to their limit at once, and at most a
/// tenth of them change, unless -StepSize and -Steps say otherwise.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1511.07528"/>
/// <code>
/// S(p, q) = −α β,   α = Σ ∂f_t/∂x_p,q > 0,   β = Σ_j≠t ∂f_j/∂x_p,q with β below 0
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var run = new AttackRun(network, new AttackQuery { Attacks = [new Jsma(AttackOptions.Default)] });
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (AdversarialExample example in run.Add(batch, null, error => throw error).SelectMany(e => e)) Console.WriteLine(example);
/// foreach (AdversarialExample example in run.Finish().SelectMany(e => e)) Console.WriteLine(example);
/// </code>
/// </example>
public sealed class Jsma : MinimalAttack
{
    private const int Candidates = 64;

    /// <param name="options">Steps and step size count.</param>
    public Jsma(AttackOptions options) : base(options) { }

    /// <inheritdoc/>
    public override IReadOnlyList<AttackNorm> Norms { get; } = [AttackNorm.L0];

    private protected override void Search(AttackBatch batch, AttackRows rows)
    {
        Tensor x = rows.Originals.clone();
        int steps = Options.Steps ?? (int)Math.Max(1, x.shape[1..].Aggregate(1L, (a, b) => a * b) / 20);
        float length = (float)(Options.StepSize ?? 1);
        for (int step = 0; step < steps; step++)
        {
            using var inner = NewDisposeScope();
            Tensor at = x, goals = rows.Goals;
            bool[] done = [];
            var (_, gradients) = rows.Differentiate(at, logits =>
            {
                rows.Offer(at, logits);
                done = rows.Errs(logits);
                if (done.All(d => d)) return [];
                Tensor own = LogitSeeds.With(zeros_like(logits), goals.unsqueeze(1), 1), others = 1 - own;
                return rows.IsTargeted ? [own, others] : [own.neg(), others.neg()];
            });
            if (gradients.Length == 0) return;
            rows = rows.Staying(done);
            Tensor now = Rows.Without(at, done);
            Rows.Replace(ref x, Stepped(now, Rows.Without(gradients[0], done), Rows.Without(gradients[1], done), rows.Low, rows.High, length));
        }
        rows.Offer(x, rows.Logits(x));
    }

    /// <summary>The pictures with their best pairs changed.</summary>
    private static Tensor Stepped(Tensor x, Tensor rise, Tensor fall, Tensor low, Tensor high, float length)
    {
        Tensor flat = x.flatten(1), alpha = rise.flatten(1), beta = fall.flatten(1);
        Tensor lead = alpha - beta, sign = lead.sign();
        // Values that can still go where the lead rises.
        Tensor room = where(lead > 0, high.flatten(1) - flat, flat - low.flatten(1)), free = (room > 1e-6).to(ScalarType.Float32);
        long count = Math.Min(Candidates, flat.shape[1]);
        Tensor chosen = (lead.abs() * free).argsort(1, descending: true).narrow(1, 0, count); // [n, k]
        Tensor a = (alpha * sign * free).gather(1, chosen), b = (beta * sign * free).gather(1, chosen);
        Tensor rises = a.unsqueeze(2) + a.unsqueeze(1), falls = (b.unsqueeze(2) + b.unsqueeze(1)).neg(), twice = eye(count, device: x.device) * 1e30; // [n, k, k]
        Tensor score = where((rises > 0).logical_and(falls > 0), rises * falls, zeros_like(rises)) - twice, any = (score > 0).flatten(1).any(1);
        // Where no pair raises the one and lowers the others, the pair that raises the lead most.
        Tensor pair = where(any, score.flatten(1).argmax(1), (rises + falls - twice).flatten(1).argmax(1)).unsqueeze(1); // [n, 1]
        Tensor first = chosen.gather(1, pair.div(count, RoundingMode.floor)), second = chosen.gather(1, pair.remainder(count)), places = cat([first, second], 1);
        Tensor changed = flat.gather(1, places) + sign.gather(1, places) * length * free.gather(1, places);
        Tensor next = flat.scatter(1, places, changed).reshape(x.shape);
        return maximum(minimum(next, high), low);
    }
}
