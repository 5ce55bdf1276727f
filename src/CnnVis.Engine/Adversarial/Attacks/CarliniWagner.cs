using CnnVis.Engine.Targets;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>
/// The L2 attack of Carlini and Wagner (2017, section VI-A): Adam on ‖x′ − x‖² + c · max(lead of the wrong class not yet there, −κ), over w with x′ = (tanh w + 1)/2, so that
/// pixels stay in their limits, and a search for the smallest c that does, to a factor of two. At most 9 values of c of at most 300 steps each, the learning rate 0.01, unless told otherwise; the
/// paper takes 20 and 10,000. Each c goes on from the best example so far, and steps shrink and end where the loss no longer falls (<see cref="DescentPace"/>).
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1608.04644"/>
/// <code>
/// min over w of ‖x′ − x‖² + c · max(z_y − maxⱼ≠y zⱼ, −κ),   x′ = (tanh w + 1) / 2
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var run = new AttackRun(network, new AttackQuery { Attacks = [new CarliniWagner(new AttackOptions { Steps = 50, SearchSteps = 3 })] });
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (AdversarialExample example in run.Add(batch, null, error => throw error).SelectMany(e => e)) Console.WriteLine(example);
/// foreach (AdversarialExample example in run.Finish().SelectMany(e => e)) Console.WriteLine(example);
/// </code>
/// </example>
public sealed class CarliniWagner : MinimalAttack
{
    private const double FirstC = 1, Beta1 = 0.9, Beta2 = 0.999, Beyond = 1e-6;

    /// <param name="options">Steps, step size, search steps and confidence count.</param>
    public CarliniWagner(AttackOptions options) : base(options) { }

    /// <inheritdoc/>
    public override IReadOnlyList<AttackNorm> Norms { get; } = [AttackNorm.L2];

    private protected override void Search(AttackBatch batch, AttackRows rows)
    {
        int count = rows.Count;
        double[] c = new double[count], least = new double[count], most = new double[count];
        Array.Fill(c, FirstC);
        Array.Fill(most, double.PositiveInfinity);
        for (int search = 0; search < (Options.SearchSteps ?? 9); search++)
        {
            // Above the smallest c that does, all have the same solution, and one near it is found best.
            int[] open = [.. Enumerable.Range(0, count).Where(i => most[i] > 2 * least[i])];
            if (open.Length == 0) return;
            AttackRows some = rows.Staying([.. Enumerable.Range(0, count).Select(i => !open.Contains(i))]);
            bool[] found = Descend(some, some.Of(batch.Best), [.. open.Select(i => (float)c[i])]);
            foreach (var (i, does) in open.Zip(found))
            {
                if (does) most[i] = c[i];
                else least[i] = c[i];
                c[i] = double.IsFinite(most[i]) ? (least[i] + most[i]) / 2 : c[i] * 10;
            }
        }
    }

    /// <summary>Descends for one c a picture, from the best example so far.</summary>
    /// <returns>Whether there were examples where it came to rest, by picture; those on the way there say nothing of c.</returns>
    private bool[] Descend(AttackRows rows, Tensor from, float[] c)
    {
        using var scope = NewDisposeScope();
        bool[] found = new bool[rows.Count];
        int[] places = [.. Enumerable.Range(0, rows.Count)];
        int steps = Options.Steps ?? 300, window = Math.Max(1, steps / 10);
        var (middle, reach) = Range(rows);
        Tensor w = ((from - middle) / reach).clamp(-0.999999, 0.999999).atanh(), mean = zeros_like(w), square = zeros_like(w);
        var pace = DescentPace.Start(rows.Count, Options.StepSize ?? 0.01);
        for (int step = 1; step <= steps; step++)
        {
            using var inner = NewDisposeScope();
            (middle, reach) = Range(rows);
            Tensor bent = w.tanh(), x = maximum(minimum(middle + reach * bent, rows.High), rows.Low), change = x - rows.Originals;
            double[] missing = [];
            var (_, gradients) = rows.Differentiate(x, z =>
            {
                float[] leads = rows.Progress(z).ToFloats();
                bool[] good = [.. leads.Select(l => l > 0 && l >= Options.Confidence)];
                for (int i = 0; i < good.Length; i++) found[places[i]] |= good[i];
                if (good.Contains(true)) OfferSome(rows, x, z, good);
                missing = [.. leads.Select(l => Math.Max(0, Options.Confidence + Beyond - l))];
                return missing.Any(m => m > 0) ? [Slope(rows, z, missing)] : [];
            });
            float[] squares = change.square().flatten(1).sum(1).ToFloats();
            pace.Take([.. squares.Select((s, i) => s + c[i] * missing[i])]);
            Tensor slope = 2 * change;
            if (gradients.Length > 0) slope -= Rows.Wide(tensor(c, device: x.device)) * gradients[0];
            Tensor gradient = slope * reach * (1 - bent.square());
            Rows.Replace(ref mean, mean * Beta1 + gradient * (1 - Beta1));
            Rows.Replace(ref square, square * Beta2 + gradient.square() * (1 - Beta2));
            Rows.Replace(ref w, w - Rows.Wide(tensor(pace.Rates, device: x.device)) * (mean / (1 - Math.Pow(Beta1, step))) / ((square / (1 - Math.Pow(Beta2, step))).sqrt() + 1e-8));
            if (step % window > 0 || step == steps) continue;
            bool[] done = pace.Check();
            for (int i = 0; i < done.Length; i++) found[places[i]] &= done[i];
            if (!done.Contains(true)) continue;
            (rows, pace) = (rows.Staying(done), pace.Without(done));
            if (rows.Count == 0) break;
            (c, places) = ([.. c.Where((_, i) => !done[i])], [.. places.Where((_, i) => !done[i])]);
            Rows.Replace(ref w, Rows.Without(w, done));
            Rows.Replace(ref mean, Rows.Without(mean, done));
            Rows.Replace(ref square, Rows.Without(square, done));
        }
        return found;
    }

    /// <summary>Derivative, with respect to the logits, of the lead, where it is missing: the difference of two logits.</summary>
    private static Tensor Slope(AttackRows rows, Tensor logits, double[] missing)
    {
        Tensor goals = rows.Goals, rival = LogitSeeds.Rival(logits, goals);
        Tensor up = rows.IsTargeted ? LogitSeeds.Difference(logits, goals, rival) : LogitSeeds.Difference(logits, rival, goals);
        return up * tensor([.. missing.Select(m => m > 0 ? 1f : 0)], device: logits.device).unsqueeze(1);
    }

    /// <summary>Pictures are middle + reach · tanh w.</summary>
    private static (Tensor Middle, Tensor Reach) Range(AttackRows rows)
    {
        Tensor low = rows.Low, high = rows.High;
        return ((low + high) / 2, (high - low) / 2 + 1e-12);
    }

    /// <summary>Offers those that lead by what was asked.</summary>
    private static void OfferSome(AttackRows rows, Tensor x, Tensor logits, bool[] good)
    {
        AttackRows some = rows.Staying(Array.ConvertAll(good, g => !g));
        some.Offer(Rows.Select(x, good), Rows.Select(logits, good));
    }
}
