using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>
/// The fast adaptive boundary attack (Croce and Hein 2019): the point and the picture are both projected, within the limits, onto the nearest boundary of the network made linear; the
/// next point lies between the two, nearer to the one that is nearer; once the network errs, it goes back a tenth of the way towards the picture, and on from there. Boundaries are those with the
/// nine strongest other classes, as in the authors' targeted form, or with the target. 50 steps unless told otherwise.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1907.02044"/>
/// <code>
/// xₜ₊₁ = (1 − α)(xₜ + η dₜ) + α (x + η d),   d the projections onto the nearest linear boundary
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var run = new AttackRun(network, new AttackQuery { Attacks = [new Fab(AttackOptions.Default)] });
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (AdversarialExample example in run.Add(batch, null, error => throw error).SelectMany(e => e)) Console.WriteLine(example);
/// foreach (AdversarialExample example in run.Finish().SelectMany(e => e)) Console.WriteLine(example);
/// </code>
/// </example>
public sealed class Fab : MinimalAttack
{
    private const int Rivals = 9;
    private const double Overshoot = 1.05, MostBias = 0.1, Back = 0.9;

    /// <param name="options">Steps and norm count.</param>
    public Fab(AttackOptions options) : base(options) { }

    /// <inheritdoc/>
    public override IReadOnlyList<AttackNorm> Norms { get; } = [AttackNorm.LInf, AttackNorm.L2, AttackNorm.L1];

    /// <summary>As one of several attacks of a given size: what lies within it is offered, and pictures that have an example leave.</summary>
    internal void RunWithin(AttackBatch batch)
    {
        using var scope = NewDisposeScope();
        if (batch.Standing() is { Count: > 0 } rows) Search(batch, rows);
    }

    private protected override void Search(AttackBatch batch, AttackRows rows)
    {
        Tensor x = rows.Originals.clone();
        for (int step = 0; step < (Options.Steps ?? 50); step++)
        {
            using var inner = NewDisposeScope();
            Tensor at = x, originals = rows.Originals, low = rows.Low, high = rows.High;
            bool[] done = [], errs = [];
            Boundaries? boundaries = Boundaries.At(rows, at, Rivals, logits =>
            {
                done = rows.Offer(at, logits);
                errs = rows.Errs(logits);
                return !batch.Judgement.Smallest && done.All(d => d);
            });
            if (boundaries is null) return;
            // Where it errs, from nearer to the picture, with the boundary as it was seen.
            Tensor wrong = Rows.Wide(tensor(errs, device: at.device));
            Tensor retreat = (1 - Back) * originals + Back * at;
            var (hyperplane, lead) = boundaries.NearestOne(at, batch.Norm, low, high);
            Tensor toPoint = Hyperplane.Step(hyperplane, lead, batch.Norm, at, low, high);
            Tensor leadAtPicture = lead + (hyperplane * (at - originals)).flatten(1).sum(1), toPicture = Hyperplane.Step(hyperplane, leadAtPicture, batch.Norm, originals, low, high);
            Tensor near = Ball.Size(toPoint, batch.Norm), far = Ball.Size(toPicture, batch.Norm), bias = Rows.Wide((near / (near + far).clamp_min(1e-30)).clamp_max(MostBias));
            Tensor ahead = (1 - bias) * (at + Overshoot * toPoint) + bias * (originals + Overshoot * toPicture);
            Tensor next = maximum(minimum(where(wrong, retreat, ahead), high), low);
            if (batch.Judgement.Smallest) Rows.Replace(ref x, next);
            else
            {
                Rows.Replace(ref x, Rows.Without(next, done));
                rows = rows.Staying(done);
            }
        }
        rows.Offer(x, rows.Logits(x));
    }
}
