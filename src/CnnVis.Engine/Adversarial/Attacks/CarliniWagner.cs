using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial;

/// <summary>
/// The L2 attack of Carlini and Wagner (2017, section VI-A): Adam on ‖x′ − x‖² + c · max(lead of the wrong class not yet there, −κ), over w with x′ = (tanh w + 1)/2, so that
/// pixels stay in their limits, and a search for the smallest c that does. 9 values of c of 300 steps each, the learning rate 0.01, unless told otherwise; the
/// paper takes 20 and 10,000.
/// </summary>
public sealed class CarliniWagner : MinimalAttack
{
    private const double FirstC = 1, Beta1 = 0.9, Beta2 = 0.999;

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
        Tensor originals = rows.Originals, low = rows.Low, high = rows.High, goals = rows.Goals;
        Tensor middle = (low + high) / 2, reach = (high - low) / 2 + 1e-12;
        Tensor start = ((originals - middle) / reach).clamp(-0.999999, 0.999999).atanh();
        for (int search = 0; search < (Options.SearchSteps ?? 9); search++)
        {
            using var scope = NewDisposeScope();
            bool[] found = Descend(rows, start, middle, reach, originals, low, high, goals, tensor([.. c.Select(v => (float)v)], device: originals.device));
            for (int i = 0; i < count; i++)
            {
                if (found[i]) most[i] = Math.Min(most[i], c[i]);
                else least[i] = Math.Max(least[i], c[i]);
                c[i] = double.IsFinite(most[i]) ? (least[i] + most[i]) / 2 : c[i] * 10;
            }
        }
    }

    /// <returns>Whether an example was found, by picture.</returns>
    private bool[] Descend(AttackRows rows, Tensor start, Tensor middle, Tensor reach, Tensor originals, Tensor low, Tensor high, Tensor goals, Tensor c)
    {
        bool[] found = new bool[rows.Count];
        Tensor w = start.clone(), mean = zeros_like(w), square = zeros_like(w);
        int steps = Options.Steps ?? 300;
        for (int step = 1; step <= steps; step++)
        {
            using var inner = NewDisposeScope();
            Tensor bent = w.tanh(), x = maximum(minimum(middle + reach * bent, high), low);
            var (logits, gradients) = rows.Differentiate(x, z =>
            {
                bool[] good = Confident(rows, z);
                for (int i = 0; i < good.Length; i++) found[i] |= good[i];
                if (good.Any(g => g)) OfferSome(rows, x, z, good);
                // The loss's slope: while the lead is missing, the difference of two logits rises.
                Tensor rival = LogitSeeds.Rival(z, goals), missing = (rows.Progress(z) < Options.Confidence + 1e-6).to(ScalarType.Float32);
                Tensor up = rows.IsTargeted ? LogitSeeds.Difference(z, goals, rival) : LogitSeeds.Difference(z, rival, goals);
                return [up * missing.unsqueeze(1)];
            });
            Tensor gradient = (2 * (x - originals) - Rows.Wide(c) * gradients[0]) * reach * (1 - bent.square());
            Rows.Replace(ref mean, mean * Beta1 + gradient * (1 - Beta1));
            Rows.Replace(ref square, square * Beta2 + gradient.square() * (1 - Beta2));
            // The step shrinks to a tenth in the second half, so that Adam comes to rest.
            double rate = (Options.StepSize ?? 0.01) * Math.Pow(0.1, Math.Max(0, 2.0 * step / steps - 1));
            Rows.Replace(ref w, w - rate * (mean / (1 - Math.Pow(Beta1, step))) / ((square / (1 - Math.Pow(Beta2, step))).sqrt() + 1e-8));
        }
        return found;
    }

    private bool[] Confident(AttackRows rows, Tensor logits)
    {
        using Tensor lead = rows.Progress(logits);
        return [.. AttackBatch.Numbers(lead).Select(l => l > 0 && l >= Options.Confidence)];
    }

    /// <summary>Offers those that lead by what was asked.</summary>
    private static void OfferSome(AttackRows rows, Tensor x, Tensor logits, bool[] good)
    {
        AttackRows some = rows.Staying(Array.ConvertAll(good, g => !g));
        some.Offer(Rows.Select(x, good), Rows.Select(logits, good));
    }
}
