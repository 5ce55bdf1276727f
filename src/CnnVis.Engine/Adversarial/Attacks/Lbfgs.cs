using CnnVis.Engine.Optimization;
using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>
/// Szegedy et al. (2013, section 4.1): minimise c ‖r‖² + loss(x + r) subject to x + r within the limits, by box-constrained L-BFGS, and search for the c whose minimiser is
/// just beyond the boundary. The loss is the target's cross-entropy; without a target, minus the logarithm of the probability of all other classes together, which for two classes
/// is the same. We differ in one point: the search is repeated with the logits sharpened ten- and a hundredfold, from the best r so far, which makes the loss the distance to the
/// boundary itself and only ever shortens r. 10 values of c and 30 steps each unless told otherwise.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1312.6199"/>
/// <code>
/// min over r of c ‖r‖² + J(x + r, t),   x + r within [0, 1]
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var run = new AttackRun(network, new AttackQuery { Attacks = [new Lbfgs(AttackOptions.Default)] });
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (AdversarialExample example in run.Add(batch, null, error => throw error).SelectMany(e => e)) Console.WriteLine(example);
/// foreach (AdversarialExample example in run.Finish().SelectMany(e => e)) Console.WriteLine(example);
/// </code>
/// </example>
public sealed class Lbfgs : MinimalAttack
{
    /// <summary>Root mean square, of values in [0, 1].</summary>
    private const double FirstStep = 0.002;

    private static readonly double[] _sharpness = [1, 10, 100];

    /// <param name="options">Steps and search steps count.</param>
    public Lbfgs(AttackOptions options) : base(options) { }

    /// <inheritdoc/>
    public override IReadOnlyList<AttackNorm> Norms { get; } = [AttackNorm.L2];

    private protected override void Search(AttackBatch batch, AttackRows rows)
    {
        int count = rows.Count;
        Tensor start = rows.Originals.clone(), originals = rows.Originals;
        double[] slope = new double[count];
        for (int stage = 0; stage < _sharpness.Length; stage++)
        {
            using var scope = NewDisposeScope();
            double[] least = new double[count], most = new double[count], c = new double[count];
            Array.Fill(most, double.PositiveInfinity);
            Array.Fill(c, 1);
            if (stage > 0)
                for (int i = 0; i < count; i++) c[i] = slope[i] * _sharpness[stage] / _sharpness[stage - 1];
            for (int search = 0; search < (Options.SearchSteps ?? 10); search++)
            {
                using var inner = NewDisposeScope();
                var problem = new SzegedyProblem(rows, originals, tensor([.. c.Select(v => (float)v)], device: originals.device), _sharpness[stage]);
                Descend(start, problem);
                for (int i = 0; i < count; i++)
                {
                    // A larger c makes r smaller.
                    if (problem.Errs[i]) least[i] = Math.Max(least[i], c[i]);
                    else most[i] = Math.Min(most[i], c[i]);
                    c[i] = double.IsInfinity(most[i]) ? c[i] * 8 : least[i] == 0 ? c[i] / 8 : Math.Sqrt(least[i] * most[i]);
                }
            }
            for (int i = 0; i < count; i++) slope[i] = least[i] > 0 ? least[i] : c[i];
            Rows.Replace(ref start, rows.Of(batch.Best).clone());
        }
    }

    private void Descend(Tensor start, SzegedyProblem problem)
    {
        using var descent = new Optimization.Lbfgs(first: FirstStep, together: false);
        Tensor x = start.clone();
        Evaluation? here = problem.At(x);
        try
        {
            for (int i = 1; i < (Options.Steps ?? 30); i++)
            {
                using var scope = NewDisposeScope();
                var (next, there) = descent.Step(x, here!, problem);
                here!.Dispose();
                here = there;
                Rows.Replace(ref x, next);
            }
        }
        finally
        {
            here?.Dispose();
        }
    }
}
