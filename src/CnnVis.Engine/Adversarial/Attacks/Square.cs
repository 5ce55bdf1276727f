using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>
/// The square attack (Andriushchenko et al. 2020), which needs no gradient: random squares of the picture are set to the ball's border, colour by colour, and kept where the wrong
/// class gains; squares shrink by the paper's schedule, beginning at 80 % of the picture as in AutoAttack. By L2 a square's rounded bump is added with a random sign and the whole brought back to the
/// sphere, which is simpler than the paper's pairs of windows. 5,000 queries unless told otherwise.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1912.00049"/>
/// <code>
/// x′ = Π(x + δ),   δ = ±ε on a square of side √(p · H · W)
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var run = new AttackRun(network, new AttackQuery { Attacks = [new Square(new AttackOptions { Queries = 200 })], Epsilons = [4 / 255.0] });
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (AdversarialExample example in run.Add(batch, null, error => throw error).SelectMany(e => e)) Console.WriteLine(example);
/// foreach (AdversarialExample example in run.Finish().SelectMany(e => e)) Console.WriteLine(example);
/// </code>
/// </example>
public sealed class Square : IAttack
{
    private static readonly int[] _halvings = [10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000];
    private readonly AttackOptions _options;

    /// <param name="options">Queries, restarts, norm and seed count.</param>
    public Square(AttackOptions options) => _options = options;

    /// <inheritdoc/>
    public IReadOnlyList<AttackNorm> Norms { get; } = [AttackNorm.LInf, AttackNorm.L2];

    /// <inheritdoc/>
    public bool Nests => true;

    /// <inheritdoc/>
    public void Run(AttackBatch batch)
    {
        for (int restart = 0; restart < (_options.Restarts ?? 1) && batch.Standing() is { Count: > 0 } rows; restart++) Search(batch, rows, restart);
    }

    private void Search(AttackBatch batch, AttackRows rows, int restart)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        int queries = _options.Queries ?? 5000;
        SquarePainter[] painters = [.. rows.RowSeeds.Select((seed, i) => new SquarePainter(batch, rows.Index[i], PictureSeeds.Mix(seed, restart)))];
        double[] best = new double[painters.Length];
        Array.Fill(best, double.NegativeInfinity);
        for (int query = 0; query < queries; query++)
        {
            using var inner = NewDisposeScope();
            double share = 0.8 / Math.Pow(2, _halvings.Count(h => query > (long)h * queries / 10_000));
            foreach (SquarePainter painter in painters) painter.Propose(query == 0 ? null : share);
            Tensor x = tensor(painters.SelectMany(p => p.Candidate).ToArray(), [painters.Length, .. batch.Pictures.Originals.shape[1..]]).to(batch.Pictures.Originals.device);
            Tensor logits = rows.Logits(x);
            bool[] done = rows.Offer(x, logits, last: query == queries - 1);
            float[] gains = rows.Progress(logits).ToFloats();
            for (int i = 0; i < painters.Length; i++)
            {
                if (gains[i] < best[i]) continue;
                best[i] = gains[i];
                painters[i].Accept();
            }
            if (!done.Contains(true)) continue;
            (rows, painters, best) = (rows.Staying(done), [.. painters.Where((_, i) => !done[i])], [.. best.Where((_, i) => !done[i])]);
            if (rows.Count == 0) return;
        }
    }
}
