using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>
/// The boundary attack (Brendel, Rauber and Bethge 2017), which asks for the class alone: from a picture that is wrong, found by the square attack without a limit of size, it walks along the boundary
/// towards the original. A step goes at random on the sphere round the original, and then towards it; both lengths follow how often they succeed, picture by picture.
/// 5,000 queries, two a step, unless told otherwise.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1712.04248"/>
/// <code>
/// x̃ₜ₊₁ = a random step on the sphere round x, then a step towards x; kept while it is adversarial
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var run = new AttackRun(network, new AttackQuery { Attacks = [new BoundaryAttack(new AttackOptions { Queries = 200 })] });
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (AdversarialExample example in run.Add(batch, null, error => throw error).SelectMany(e => e)) Console.WriteLine(example);
/// foreach (AdversarialExample example in run.Finish().SelectMany(e => e)) Console.WriteLine(example);
/// </code>
/// </example>
public sealed class BoundaryAttack : MinimalAttack
{
    /// <param name="options">Queries and seed count.</param>
    public BoundaryAttack(AttackOptions options) : base(options) { }

    /// <inheritdoc/>
    public override IReadOnlyList<AttackNorm> Norms { get; } = [AttackNorm.L2];

    private protected override void Search(AttackBatch batch, AttackRows rows)
    {
        using var none = no_grad();
        int queries = Options.Queries ?? 5000;
        Begin(batch, rows, queries / 4);
        rows = rows.Staying([.. rows.Index.Select(i => batch.Ranks[i] < ExampleRank.Adversarial)]);
        if (rows.Count == 0) return;
        Tensor x = rows.Of(batch.Best).clone(), originals = rows.Originals, low = rows.Low, high = rows.High;
        Tensor around = full([rows.Count], 0.1f, device: x.device), towards = around.clone();
        for (int step = 0; step < queries * 3 / 8; step++)
        {
            using var inner = NewDisposeScope();
            Tensor change = originals - x, distance = Ball.Size(change, AttackNorm.L2).clamp_min(1e-12);
            Tensor noise = rows.Draw(1 + step, g => randn(x.shape[1..], generator: g));
            Tensor unit = change / Rows.Wide(distance);
            noise = noise / Rows.Wide(Ball.Size(noise, AttackNorm.L2)) * Rows.Wide(around * distance);
            noise -= unit * Rows.Wide((noise * unit).flatten(1).sum(1));
            Tensor turned = change - noise, sphere = Limited(originals - turned * Rows.Wide(distance / Ball.Size(turned, AttackNorm.L2)));
            Tensor nearer = Limited(sphere + Rows.Wide(towards) * (originals - sphere));
            Tensor sphereErrs = Wrong(sphere), nearerErrs = Wrong(nearer).logical_and(Ball.Size(nearer - originals, AttackNorm.L2) < distance);
            Rows.Replace(ref around, where(sphereErrs, around * 1.05, around / 1.05).clamp(1e-6, 1));
            Rows.Replace(ref towards, where(nearerErrs, towards * 1.1, where(sphereErrs, towards / 1.04, towards)).clamp(1e-6, 0.5));
            Rows.Replace(ref x, where(Rows.Wide(nearerErrs), nearer, x));
        }

        Tensor Limited(Tensor picture) => maximum(minimum(picture, high), low);
        Tensor Wrong(Tensor picture)
        {
            Tensor logits = rows.Logits(picture);
            rows.Offer(picture, logits);
            return tensor(rows.Errs(logits), device: picture.device);
        }
    }

    /// <summary>Finds any picture that is wrong, however large the change.</summary>
    private void Begin(AttackBatch batch, AttackRows rows, int queries)
    {
        using var scope = NewDisposeScope();
        AttackBatch anything = batch.Within(AttackNorm.LInf, 1);
        new Square(Options with { Queries = Math.Max(1, queries) }).Run(anything);
        batch.TakeOver(anything, rows.Index);
    }
}
