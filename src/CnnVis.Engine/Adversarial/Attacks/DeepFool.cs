using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>
/// DeepFool (Moosavi-Dezfooli et al. 2016, algorithm 2): again and again to the nearest boundary of the network made linear, and 2 % beyond. The boundaries are those
/// with the ten classes that are most probable for the picture, as in the authors' code; with a target, the boundary with that class alone. In the end the
/// example is taken back to the boundary by halving, so that on a linear network it is the smallest there is. 50 iterations at most.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1511.04599"/>
/// <code>
/// l = argminₖ |fₖ − f_y| / ‖∇fₖ − ∇f_y‖₂
/// r = |f_l − f_y| / ‖∇f_l − ∇f_y‖₂² · (∇f_l − ∇f_y)
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var run = new AttackRun(network, new AttackQuery { Attacks = [new DeepFool(AttackOptions.Default)] });
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (AdversarialExample example in run.Add(batch, null, error => throw error).SelectMany(e => e)) Console.WriteLine(example);
/// foreach (AdversarialExample example in run.Finish().SelectMany(e => e)) Console.WriteLine(example);
/// </code>
/// </example>
public sealed class DeepFool : MinimalAttack
{
    private const int Rivals = 10;
    private const double Overshoot = 0.02;

    /// <param name="options">Steps and norm count.</param>
    public DeepFool(AttackOptions options) : base(options) { }

    /// <inheritdoc/>
    public override IReadOnlyList<AttackNorm> Norms { get; } = [AttackNorm.L2, AttackNorm.LInf, AttackNorm.L1];

    private protected override void Search(AttackBatch batch, AttackRows rows)
    {
        Tensor x = rows.Originals.clone();
        for (int step = 0; step < (Options.Steps ?? 50); step++)
        {
            using var inner = NewDisposeScope();
            Tensor at = x;
            bool[] done = [];
            Boundaries? boundaries = Boundaries.At(rows, at, Rivals, logits =>
            {
                rows.Offer(at, logits);
                return (done = rows.Errs(logits)).All(d => d);
            });
            if (boundaries is null) return;
            AttackRows staying = rows.Staying(done);
            Tensor low = Rows.Without(rows.Low, done), high = Rows.Without(rows.High, done), from = Rows.Without(x, done);
            Tensor nearest = boundaries.Without(done).Nearest(from, batch.Norm, low, high);
            Rows.Replace(ref x, maximum(minimum(from + nearest * (1 + Overshoot), high), low));
            rows = staying;
        }
        rows.Offer(x, rows.Logits(x));
    }
}
